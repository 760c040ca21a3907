package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A read-only connection while one reader has it. Belongs to one thread at a time. Closing it gives it back. */
final class LentConnection implements AutoCloseable {
    /** Rows that a driver fetches at once: few, since each may be a megabyte. */
    private static final int FETCH_ROWS = 200;

    private final SourceConnections owner;
    private final Source source;
    private final Dialect dialect;
    private final Connection connection;
    private final @Nullable SqliteFile file;
    private boolean lent = true;
    private boolean whole = true;

    LentConnection(
            SourceConnections owner, Source source, Dialect dialect, Connection connection, @Nullable SqliteFile file) {
        this.owner = owner;
        this.source = source;
        this.dialect = dialect;
        this.connection = connection;
        this.file = file;
    }

    Source source() {
        return source;
    }

    Dialect dialect() {
        return dialect;
    }

    Connection connection() {
        return connection;
    }

    /** The file that was there when it was opened; null for other databases and for a name that is no file. */
    @Nullable SqliteFile file() {
        return file;
    }

    /** A statement that gives at most so many rows, and streams them. */
    PreparedStatement prepare(String sql, int maxRows) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (dialect.needsTransaction()) {
            statement.setMaxRows(maxRows);
            statement.setFetchSize(Math.min(maxRows, FETCH_ROWS));
        }
        return statement;
    }

    /** Ends the read transaction, if there is one. Result sets must be closed before. */
    void endTransaction() throws SQLException {
        if (dialect.needsTransaction()) {
            connection.rollback();
        }
    }

    /** Has it closed rather than kept: it failed, or was cancelled and the cancel may still be on its way. */
    void discard() {
        whole = false;
    }

    /** The same connection for its next reader, so that a late close by this one changes nothing. */
    LentConnection again() {
        return new LentConnection(owner, source, dialect, connection, file);
    }

    @Override
    public void close() {
        if (lent) {
            lent = false;
            owner.giveBack(this, whole);
        }
    }
}
