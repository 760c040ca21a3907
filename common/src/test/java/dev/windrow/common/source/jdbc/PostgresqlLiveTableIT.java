package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresqlLiveTableIT extends CountedReadsContract {
    @AfterEach
    void dropAll() throws SQLException {
        run("alter role postgres reset all", "drop schema public cascade", "create schema public");
    }

    @Override
    TestDatabase database() {
        return PostgresqlServer.STARTED;
    }

    /** Else some plans go by a guess of the rows, and some do not. */
    @Override
    void indexHalves() throws SQLException {
        super.indexHalves();
        run("analyze many");
    }

    @Override
    long read(LentConnection connection) throws SQLException {
        connection.one("select pg_stat_force_next_flush()");
        connection.endTransaction();
        String all = connection.one("select coalesce(sum(seq_tup_read), 0) from pg_stat_user_tables");
        String byIndex = connection.one("select coalesce(sum(idx_tup_read), 0) from pg_stat_user_indexes");
        return Long.parseLong(all) + Long.parseLong(byIndex);
    }

    @Override
    AutoCloseable lock() throws Exception {
        run("alter role postgres set lock_timeout = '200ms'");
        Connection owner = database().connect();
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("lock table items in access exclusive mode");
        }
        return owner;
    }
}
