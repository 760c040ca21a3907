package dev.windrow.common.export.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class SqliteIdempotencyKeysTest extends IdempotencyKeysContract {
    @TempDir
    private static Path folder;

    private static TestDatabase testDatabase;

    @BeforeAll
    static void migrate() {
        testDatabase = TestDatabase.sqlite(folder);
    }

    @Override
    TestDatabase testDatabase() {
        return testDatabase;
    }
}
