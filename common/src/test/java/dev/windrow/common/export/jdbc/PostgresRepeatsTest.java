package dev.windrow.common.export.jdbc;

final class PostgresRepeatsTest extends RepeatsContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
