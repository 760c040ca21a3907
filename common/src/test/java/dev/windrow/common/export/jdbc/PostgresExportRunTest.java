package dev.windrow.common.export.jdbc;

final class PostgresExportRunTest extends ExportRunContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
