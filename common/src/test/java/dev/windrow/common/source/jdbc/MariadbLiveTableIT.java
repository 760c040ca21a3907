package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;

class MariadbLiveTableIT extends CountedReadsContract {
    @AfterEach
    void dropAll() throws SQLException {
        run("set global lock_wait_timeout = default", "drop table if exists items, things, many");
    }

    @Override
    TestDatabase database() {
        return MariadbServer.started();
    }

    @Override
    long read(LentConnection connection) throws SQLException {
        try (Statement statement = connection.connection().createStatement();
                ResultSet counters = statement.executeQuery("show session status like 'Handler_read%'")) {
            long read = 0;
            while (counters.next()) {
                // The others count what is asked here.
                read += counters.getString(1).startsWith("Handler_read_rnd") ? 0 : counters.getLong(2);
            }
            return read;
        }
    }

    @Override
    AutoCloseable lock() throws Exception {
        run("set global lock_wait_timeout = 1");
        Connection owner = database().connect();
        try (Statement statement = owner.createStatement()) {
            statement.execute("lock tables items write");
        }
        return owner;
    }
}
