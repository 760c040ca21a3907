package dev.windrow.app.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A write lock on a database file, as a backup tool or a curious person may hold it. */
record ForeignLock(Connection connection) implements AutoCloseable {
    private static final int SQLITE_BUSY = 5;

    static ForeignLock on(Path database) throws SQLException {
        Connection connection = StatusRow.open(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
        }
        return new ForeignLock(connection);
    }

    /** Whether nobody holds one for long on either database of a home. */
    static boolean canBeHad(Path home) throws SQLException {
        for (String database : new String[] {"windrow.db", "queue.db"}) {
            try {
                on(home.resolve(database)).close();
            } catch (SQLException e) {
                if (e.getErrorCode() != SQLITE_BUSY) {
                    throw e;
                }
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        }
        connection.close();
    }
}
