package dev.windrow.common.source.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresqlMovingKeyIT extends MovingKeyContract {
    @AfterEach
    void dropAll() throws SQLException {
        run("drop schema public cascade", "create schema public");
    }

    @Override
    TestDatabase database() {
        return PostgresqlServer.STARTED;
    }
}
