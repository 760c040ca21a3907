package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.RowMemory;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.connect.SourceErrors;
import dev.windrow.common.source.jdbc.mask.MaskKey;
import dev.windrow.common.source.jdbc.mask.MaskedRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One read transaction for all files of a dataset: of SQLite in WAL mode, and PostgreSQL's repeatable read. */
final class JdbcSnapshot implements Snapshot {
    private final SourceConnections connections;
    private final LentConnection connection;
    private final RowMemory.Rows rows;
    private final MaskKey key;

    private JdbcSnapshot(SourceConnections connections, LentConnection connection, RowMemory.Rows rows, MaskKey key) {
        this.connections = connections;
        this.connection = connection;
        this.rows = rows;
        this.key = key;
    }

    static Snapshot begin(SourceConnections connections, Source source, MaskKey key) throws SourceException {
        Dialect dialect = Dialect.of(source.url());
        RowMemory.Rows rows = connections.memory().expected(source, null);
        LentConnection connection = connections.lend(source, rows, null);
        // Its transaction is never given to the next reader.
        connection.discard();
        boolean begun = false;
        try {
            if (!dialect.isBuiltIn() || connection.holdsWritersUp()) {
                throw new SourceException(Kind.QUERY, "The source can't be read as one snapshot.");
            }
            begin(connection.connection(), dialect);
            begun = true;
            return new JdbcSnapshot(connections, connection, rows, key);
        } catch (SQLException e) {
            throw SourceErrors.of(e, dialect, "The source database refused a snapshot.");
        } finally {
            if (!begun) {
                connection.close();
            }
        }
    }

    private static void begin(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (dialect == Dialect.SQLITE) {
                statement.execute("begin");
                // The transaction sees what is there at its first read.
                statement.executeQuery("select count(*) from sqlite_schema").close();
            } else {
                // The whole file is one leg, and its reader may be slow.
                statement.execute("set idle_in_transaction_session_timeout = '11min'");
                statement.executeQuery("select 1").close();
            }
        }
    }

    @Override
    public RowReader open(RowSelection selection) {
        return MaskedRows.open(
                selection, plain -> new JdbcRowReader(any -> connection.shared(), plain, connections, rows), key);
    }

    @Override
    public void close() {
        connection.close();
    }
}
