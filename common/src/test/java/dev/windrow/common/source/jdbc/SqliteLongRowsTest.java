package dev.windrow.common.source.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteLongRowsTest extends LongRowsContract {
    @TempDir
    Path folder;

    /** Snapshots are of files in WAL mode alone. */
    @BeforeEach
    void useWal() throws SQLException {
        new SqliteSource(folder.resolve("plant.db")).run("pragma journal_mode = wal");
    }

    @Override
    TestDatabase database() {
        return new SqliteSource(folder.resolve("plant.db"));
    }

    @Override
    String repeated(String characters) {
        return "printf('%.*c', " + characters + ", 'x')";
    }
}
