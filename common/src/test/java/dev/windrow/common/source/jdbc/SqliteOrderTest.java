package dev.windrow.common.source.jdbc;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

class SqliteOrderTest extends OrderContract {
    @TempDir
    Path folder;

    private int made;

    @Override
    TestDatabase database(Random random) throws Exception {
        SqliteSource database = new SqliteSource(folder.resolve("order" + made++ + ".db"));
        return database.run(
                "pragma encoding = '" + (random.nextInt(4) == 0 ? "UTF-16" : "UTF-8") + "'",
                "pragma journal_mode = " + (random.nextBoolean() ? "wal" : "delete"));
    }

    @Override
    OrderCase.Maker cases() {
        return new SqliteOrderCases();
    }
}
