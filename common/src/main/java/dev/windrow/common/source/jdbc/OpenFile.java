package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file on one connection: its statements, kept prepared, and how its rows are read. Belongs to one thread. */
final class OpenFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);

    private final LentConnection connection;
    private final DatasetFile file;
    private final Cancellation cancellation;
    private final List<Object> parameters;
    private final KeysetSql sql;
    /** For SQLite, the columns as {@link SqliteRow} reads them; else empty. */
    private final List<SqliteRow.SqliteColumn> sqliteColumns;

    private final List<ColumnReader> columns;
    private final int width;
    private final List<KeyReader> key;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** @param connection is closed with this, and by the caller if this throws */
    OpenFile(LentConnection connection, RowSelection selection, Cancellation cancellation) throws SQLException {
        this.connection = connection;
        this.cancellation = cancellation;
        this.file = selection.file();
        Dialect dialect = connection.dialect();
        NamedSql.Bound query = NamedSql.parse(file.query(), dialect)
                .bind(selection.parameters().sql());
        this.parameters = query.values();
        List<String> names = selection.columns().stream().map(Column::name).toList();
        List<String> untyped = Collections.nCopies(file.key().size(), "?");
        KeysetSql any = new KeysetSql(query.sql(), names, file.key(), untyped, Names.of(connection), dialect);
        try (PreparedStatement statement = connection.prepare(any.anyRow(), 1)) {
            Bindings.bind(statement, parameters, dialect);
            ResultSetMetaData metaData = statement.getMetaData();
            boolean sqlite = dialect == Dialect.SQLITE;
            this.sqliteColumns = sqlite ? sqliteColumns(selection) : List.of();
            this.columns = sqlite ? List.of() : columnReaders(selection, dialect, metaData);
            this.width = selection.columns().size();
            this.key = keyReaders(selection, dialect, metaData);
        }
        List<String> typed = key.stream().map(KeyReader::placeholder).toList();
        this.sql = new KeysetSql(query.sql(), names, file.key(), typed, any.names(), dialect);
    }

    private static List<ColumnReader> columnReaders(RowSelection selection, Dialect dialect, ResultSetMetaData metaData)
            throws SQLException {
        List<ColumnReader> readers = new ArrayList<>();
        for (Column column : selection.columns()) {
            readers.add(ColumnReader.of(column, dialect, metaData, readers.size() + 1));
        }
        return readers;
    }

    private static List<SqliteRow.SqliteColumn> sqliteColumns(RowSelection selection) {
        List<String> key = selection.file().key().stream().map(KeyPart::column).toList();
        return selection.columns().stream()
                .map(column -> new SqliteRow.SqliteColumn(
                        column.declared() ? new DeclaredColumn(column) : null, key.indexOf(column.name())))
                .toList();
    }

    private static List<KeyReader> keyReaders(RowSelection selection, Dialect dialect, ResultSetMetaData metaData)
            throws SQLException {
        List<KeyReader> readers = new ArrayList<>();
        for (int i = 1; i <= selection.file().key().size(); i++) {
            readers.add(KeyReader.of(dialect, metaData, selection.columns().size() + i));
        }
        return readers;
    }

    KeysetSql sql() {
        return sql;
    }

    String name() {
        return file.name();
    }

    List<KeyPart> keyParts() {
        return file.key();
    }

    /**
     * Runs a statement of this file; it is kept prepared. The caller hands the statement of the rows to {@link #finished}.
     *
     * @param values of key parts, for the placeholders after the query's own
     */
    ResultSet run(String select, int maxRows, List<Integer> parts, Object[] values)
            throws SQLException, SourceException {
        PreparedStatement statement = prepared.get(select);
        if (statement == null) {
            statement = connection.prepare(select, maxRows);
            prepared.put(select, statement);
        }
        int index = Bindings.bind(statement, parameters, connection.dialect());
        for (int i = 0; i < parts.size(); i++) {
            key.get(parts.get(i)).bind(statement, index++, values[i]);
        }
        cancellation.begin(statement);
        try {
            return statement.executeQuery();
        } catch (SQLException e) {
            cancellation.end(statement);
            throw e;
        }
    }

    ResultSet run(KeysetSql.Statement select, int maxRows, Object[] first, Object[] second)
            throws SQLException, SourceException {
        return run(select.sql(), maxRows, select.parts(), select.values(first, second));
    }

    /** Runs a statement that compares with no key. */
    ResultSet run(String select, int maxRows) throws SQLException, SourceException {
        return run(select, maxRows, List.of(), new Object[0]);
    }

    /** Closes rows, after which a cancel no longer reaches their statement. */
    void finished(ResultSet rows) throws SQLException {
        Statement statement = rows.getStatement();
        try {
            rows.close();
        } finally {
            cancellation.end(statement);
        }
    }

    /** Whether the database takes two different keys for the same. */
    boolean areEqual(Object[] one, Object[] other) throws SQLException, SourceException {
        return switch (KeyValues.compare(one, other)) {
            case EQUAL -> true;
            case DIFFERENT -> false;
            case UNSURE -> gives(run(sql.equal(), 1, one, other));
        };
    }

    /** Whether there is a row; closes them. */
    boolean gives(ResultSet rows) throws SQLException {
        try {
            return rows.next();
        } finally {
            finished(rows);
        }
    }

    /** Tells what went wrong. The connection is not used again: a cancel may be on its way to it, or it is lost. */
    SourceException failed(SQLException e) {
        connection.discard();
        return cancellation.failed(e, file.name());
    }

    /** @param first the index of the key's first part in the row, 1-based */
    Object[] readKey(ResultSet row, int first) throws SQLException, SourceException {
        Object[] values = new Object[key.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = key.get(i).read(row, first + i);
            if (value == null) {
                throw nullInKey();
            }
            values[i] = value;
        }
        return values;
    }

    Object[] readKey(ResultSet row) throws SQLException, SourceException {
        return readKey(row, width + 1);
    }

    /** For the rows of one batch. */
    RowKey newKey() {
        return connection.dialect() == Dialect.SQLITE ? new SqliteRow(this, sqliteColumns) : new ObjectKey(this);
    }

    /** @param key that has read the row */
    void copyRow(ResultSet row, RowKey key, RowSink sink) throws SQLException {
        if (key instanceof SqliteRow sqlite) {
            sqlite.copyTo(row, sink);
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).copy(row, i + 1, sink);
        }
        sink.endRow();
    }

    SourceException nullInKey() {
        return new SourceException(
                Kind.QUERY, "A row of file " + file.name() + " has a null in its key " + keyWords() + ".");
    }

    SourceException equalKeys() {
        return new SourceException(
                Kind.QUERY, "Two rows of file " + file.name() + " have the same key " + keyWords() + ".");
    }

    private String keyWords() {
        return "(" + String.join(", ", file.key().stream().map(KeyPart::column).toList()) + ")";
    }

    /** Has the connection closed with this, for an error that changes nothing for what was read. */
    void discard(SQLException e) {
        LOG.debug("The connection of file {} is not used again", file.name(), e);
        connection.discard();
    }

    /** Ends the read transaction, if there is one. */
    void endTransaction() throws SQLException {
        connection.endTransaction();
    }

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
        connection.close();
    }
}
