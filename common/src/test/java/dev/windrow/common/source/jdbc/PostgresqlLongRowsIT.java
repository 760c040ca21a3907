package dev.windrow.common.source.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresqlLongRowsIT extends LongRowsContract {
    @AfterEach
    void dropAll() throws SQLException {
        database().execute("drop schema public cascade", "create schema public");
    }

    @Override
    TestDatabase database() {
        return PostgresqlServer.STARTED;
    }

    @Override
    String repeated(String characters) {
        return "repeat('x', " + characters + ")";
    }
}
