package dev.windrow.common.export.jdbc;

final class PostgresExportSizesTest extends ExportSizesContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
