package dev.windrow.common.export.jdbc;

final class PostgresRetentionTest extends RetentionContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
