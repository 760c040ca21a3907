package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceWatch;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceErrors;
import java.sql.SQLException;

/**
 * Asks one connection for SQLite's data version, which changes with every commit of another
 * (https://www.sqlite.org/pragma.html#pragma_data_version).
 */
final class SqliteWatch implements SourceWatch {
    private final LentConnection connection;
    private final String begun;

    private SqliteWatch(LentConnection connection, String begun) {
        this.connection = connection;
        this.begun = begun;
    }

    /** @param connection closed with this, and if this throws */
    static SourceWatch begin(LentConnection connection) throws SourceException {
        try {
            return new SqliteWatch(connection, version(connection));
        } catch (SQLException e) {
            connection.discard();
            connection.close();
            throw SourceErrors.of(e, Dialect.SQLITE, "The source database refused to tell whether it changes.");
        }
    }

    private static String version(LentConnection connection) throws SQLException {
        return connection.one("pragma data_version");
    }

    @Override
    public boolean isUnchanged() throws SourceException {
        try {
            return connection.isCurrent() && version(connection).equals(begun);
        } catch (SQLException e) {
            connection.discard();
            throw SourceErrors.of(e, Dialect.SQLITE, "The source database refused to tell whether it has changed.");
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
