package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.Bindings;
import dev.windrow.common.source.jdbc.sql.KeySql.Slot;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Statement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the statements of one file on one connection, so that a cancel reaches them. Belongs to one thread at a time.
 */
final class FileQueries implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileQueries.class);

    private final LentConnection connection;
    private final Cancellation cancellation;
    private final String file;
    private final List<Object> parameters;
    private final KeyColumns key;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /**
     * @param connection stays open
     * @param parameters what the query's own placeholders take
     */
    FileQueries(
            LentConnection connection,
            Cancellation cancellation,
            String file,
            List<Object> parameters,
            KeyColumns key) {
        this.connection = connection;
        this.cancellation = cancellation;
        this.file = file;
        this.parameters = List.copyOf(parameters);
        this.key = key;
    }

    /**
     * Runs a leg's statement. The caller hands the rows to {@link #finished}.
     *
     * @param fetchRows rows that the driver asks for at a time
     * @param keys those that the statement compares with
     */
    ResultSet stream(Statement select, int fetchRows, Object[]... keys) throws SQLException, SourceException {
        PreparedStatement statement = connection.stream(select.sql(), fetchRows);
        prepared.put("leg", statement);
        return run(statement, select, keys);
    }

    /** As {@link #stream}, where it gives so many rows at most, and all at once. */
    ResultSet read(Statement select, int most, Object[]... keys) throws SQLException, SourceException {
        PreparedStatement statement = connection.prepare(connection.dialect().limit(select.sql(), most), most);
        prepared.put("leg", statement);
        return run(statement, select, keys);
    }

    /**
     * Runs a statement that gives one row at most; it is kept prepared. The caller hands the rows to {@link #finished}.
     */
    ResultSet run(Statement select, Object[]... keys) throws SQLException, SourceException {
        PreparedStatement statement = prepared.get(select.sql());
        if (statement == null) {
            statement = connection.prepare(select.sql(), 1);
            prepared.put(select.sql(), statement);
        }
        return run(statement, select, keys);
    }

    /** Runs a statement that compares with no key. */
    ResultSet run(String select) throws SQLException, SourceException {
        return run(new Statement(select, List.of(), List.of()));
    }

    /** Whether a statement gives a row. */
    boolean gives(Statement select, Object[]... keys) throws SQLException, SourceException {
        ResultSet rows = run(select, keys);
        try {
            return rows.next();
        } finally {
            finished(rows);
        }
    }

    private ResultSet run(PreparedStatement statement, Statement select, Object[]... keys)
            throws SQLException, SourceException {
        int index = bind(statement, 1, select.before(), keys);
        index = Bindings.bind(statement, index, parameters, connection.dialect());
        bind(statement, index, select.after(), keys);
        cancellation.begin(statement);
        try {
            return statement.executeQuery();
        } catch (SQLException e) {
            cancellation.end(statement);
            throw e;
        }
    }

    private int bind(PreparedStatement statement, int from, List<Slot> slots, Object[]... keys) throws SQLException {
        int index = from;
        for (Slot slot : slots) {
            key.bind(statement, index++, slot.part(), keys[slot.of()][slot.part()]);
        }
        return index;
    }

    /** Closes rows, after which a cancel no longer reaches their statement. */
    void finished(ResultSet rows) throws SQLException {
        java.sql.Statement statement = rows.getStatement();
        try {
            rows.close();
        } finally {
            cancellation.end(statement);
        }
    }

    /** Tells what went wrong. The connection is not used again: a cancel may be on its way to it, or it is lost. */
    SourceException failed(SQLException e) {
        connection.discard();
        return cancellation.failed(e, file);
    }

    /** Has the connection closed with this, for an error that changes nothing for what was read. */
    void discard(SQLException e) {
        log.debug("The connection of file {} is not used again", file, e);
        connection.discard();
    }

    /** Closes the statements; the connection stays. */
    @Override
    public void close() {
        if (cancellation.isCancelled()) {
            connection.discard();
        }
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                discard(e);
            }
        }
        prepared.clear();
    }
}
