package dev.windrow.common.export.jdbc;

final class PostgresExportsTest extends ExportsContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
