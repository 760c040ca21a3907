package dev.windrow.common.source.jdbc;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresqlOrderIT extends OrderContract {
    @BeforeEach
    void makeTypes() throws Exception {
        PostgresqlServer.STARTED.execute(PostgresqlOrderColumn.TYPES.toArray(String[]::new));
    }

    @AfterEach
    void dropAll() throws Exception {
        PostgresqlServer.STARTED.execute("drop schema public cascade", "create schema public");
    }

    @Override
    TestDatabase database(Random random) throws Exception {
        PostgresqlServer.STARTED.execute("drop table if exists t, u cascade");
        return PostgresqlServer.STARTED;
    }

    @Override
    OrderCase.Maker cases() {
        return new PostgresqlOrderCases();
    }
}
