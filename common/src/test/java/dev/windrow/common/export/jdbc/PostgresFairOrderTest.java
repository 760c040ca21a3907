package dev.windrow.common.export.jdbc;

final class PostgresFairOrderTest extends FairOrderContract {
    @Override
    TestDatabase testDatabase() {
        return TestDatabase.postgresql();
    }
}
