package dev.windrow.common.export.jdbc;

final class PostgresIdempotencyKeysTest extends IdempotencyKeysContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
