package dev.windrow.common.export.jdbc;

final class PostgresShelfTest extends ShelfContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
