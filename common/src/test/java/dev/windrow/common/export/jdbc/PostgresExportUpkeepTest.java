package dev.windrow.common.export.jdbc;

final class PostgresExportUpkeepTest extends ExportUpkeepContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
