package dev.windrow.common.export.jdbc;

final class PostgresRetryTest extends RetryContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
