package dev.windrow.common.export.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRetentionTest extends RetentionContract {
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
