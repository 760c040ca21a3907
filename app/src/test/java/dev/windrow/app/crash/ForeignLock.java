package dev.windrow.app.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A write lock on a database file, as a backup tool or a curious person may hold it. */
record ForeignLock(Connection connection) implements AutoCloseable {
    static ForeignLock on(Path database) throws SQLException {
        Connection connection = StatusRow.open(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
        }
        return new ForeignLock(connection);
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        }
        connection.close();
    }
}
