package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.KeyValues.Likeness;
import dev.windrow.common.source.jdbc.KeysetSql.Entry;
import dev.windrow.common.source.jdbc.KeysetSql.Slot;
import dev.windrow.common.source.jdbc.KeysetSql.Statement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on one connection, for one leg or one question: its statements, and how its rows are read. Nothing of it is kept for the next, since
 * the schema may change between two. Belongs to one thread at a time.
 */
final class OpenFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);

    /** From here on a real may stand for several integers. */
    private static final double EXACT_INTEGERS = 0x1p53;

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

    /** @param connection stays open */
    OpenFile(LentConnection connection, RowSelection selection, Cancellation cancellation) throws SQLException {
        this.connection = connection;
        this.cancellation = cancellation;
        this.file = selection.file();
        this.width = selection.columns().size();
        Dialect dialect = connection.dialect();
        NamedSql.Bound query = NamedSql.parse(file.query(), dialect)
                .bind(selection.parameters().sql());
        this.parameters = query.values();
        List<String> names = selection.columns().stream().map(Column::name).toList();
        List<String> untyped = Collections.nCopies(file.key().size(), "?");
        KeysetSql any = new KeysetSql(
                query.sql(), names, file.key(), untyped, false, Entry.PLAIN, Names.of(connection), dialect);
        if (dialect == Dialect.SQLITE) {
            this.sqliteColumns = sqliteColumns(selection);
            this.columns = List.of();
            this.key = Collections.nCopies(untyped.size(), new KeyReader.Sqlite());
            this.sql = any;
            return;
        }
        this.sqliteColumns = List.of();
        try (PreparedStatement statement = connection.prepare(any.anyRow(), 1)) {
            Bindings.bind(statement, 1, parameters, dialect);
            ResultSetMetaData metaData = statement.getMetaData();
            this.columns = columnReaders(selection, dialect, metaData);
            this.key = keyReaders(selection, metaData);
        }
        List<String> typed = key.stream().map(KeyReader::placeholder).toList();
        boolean asks = key.stream().anyMatch(KeyReader::asks);
        this.sql = new KeysetSql(query.sql(), names, file.key(), typed, asks, Entry.PLAIN, any.names(), dialect);
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

    private List<KeyReader> keyReaders(RowSelection selection, ResultSetMetaData metaData) throws SQLException {
        boolean plainTexts = connection.takesTextsAsTheyAre();
        List<KeyReader> readers = new ArrayList<>();
        for (int i = 1; i <= selection.file().key().size(); i++) {
            readers.add(KeyReader.of(
                    connection.dialect(), metaData, selection.columns().size() + i, plainTexts));
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

    boolean marksRepeats() {
        return sql.marksRepeats();
    }

    /** The statement of a leg from a position on; of those that SQLite understands, one by which it enters an index there. */
    Statement next(Object[] after) throws SQLException {
        if (connection.dialect() != Dialect.SQLITE) {
            return sql.next();
        }
        KeysetSql entering = sql.entering(connection.connection(), parameters.size());
        boolean inexact = Arrays.stream(after)
                .anyMatch(value -> value instanceof Double number && Math.abs(number) >= EXACT_INTEGERS);
        return entering.entry() == Entry.UNINDEXED && inexact
                ? sql.entered(Entry.APART).next()
                : entering.next();
    }

    /** Values of a position as they are read from rows. */
    Object[] restored(Object[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(part -> key.get(part).restored(values[part]))
                .toArray();
    }

    /**
     * Runs a leg's statement. The caller hands the rows to {@link #endOf}.
     *
     * @param keys those that the statement compares with
     */
    ResultSet stream(Statement select, Object[]... keys) throws SQLException, SourceException {
        connection.beginTransaction();
        PreparedStatement statement = connection.stream(select.sql(), file.batchRows());
        prepared.put("leg", statement);
        return run(statement, select, keys);
    }

    /** Runs a statement that gives one row at most; it is kept prepared. The caller hands the rows to {@link #finished}. */
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
            key.get(slot.part()).bind(statement, index++, keys[slot.of()][slot.part()]);
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

    /** Ends a leg: its rows, its statements and its transaction. */
    void endOf(ResultSet rows) {
        try {
            if (connection.dialect() == Dialect.OTHER) {
                // Drivers that stream read to the end of what is closed, unless it is cancelled.
                rows.getStatement().cancel();
            }
            finished(rows);
            close();
            connection.endTransaction();
        } catch (SQLException e) {
            // The rows that were given are good. Whoever reads on is told by a connection that no longer works.
            discard(e);
        }
    }

    /** Whether the database takes two keys for the same. */
    boolean areEqual(Object[] one, Object[] other) throws SQLException, SourceException {
        Likeness likeness = Likeness.EQUAL;
        for (int part = 0; part < one.length; part++) {
            Likeness found = key.get(part).compare(one[part], other[part]);
            if (found == Likeness.DIFFERENT) {
                return false;
            }
            likeness = found == Likeness.UNSURE ? found : likeness;
        }
        return likeness == Likeness.EQUAL || gives(run(sql.equal(), one, other));
    }

    /** Whether there is a row with that key. */
    boolean isThere(Object[] values) throws SQLException, SourceException {
        boolean there = gives(run(sql.there(), new Object[][] {values}));
        // By an index first, which may take a number for its text: a yes is rare, and dear.
        return there && connection.dialect() == Dialect.SQLITE
                ? gives(run(sql.entered(Entry.UNINDEXED).there(), new Object[][] {values}))
                : there;
    }

    /** @throws SourceException when there are rows that a comparison with the position leaves out because a part of their key is null */
    void refuseNullsBeside(Object[] position) throws SQLException, SourceException {
        if (sql.mayMissNulls() && gives(run(sql.nulls(), new Object[][] {position}))) {
            throw nullInKey();
        }
    }

    private boolean gives(ResultSet rows) throws SQLException {
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

    /** For the rows of one leg. */
    RowKey newKey() {
        return connection.dialect() == Dialect.SQLITE
                ? new SqliteRow(this, sqliteColumns)
                : new ObjectKey(this, width + Math.max(1, key.size()) + 1);
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

    SourceException rowsLost() {
        return new SourceException(
                Kind.ROWS_LOST,
                "Rows of file " + file.name() + " would be missing: the source sorts its key " + keyWords()
                        + " otherwise than it compares it.");
    }

    private String keyWords() {
        return "(" + String.join(", ", file.key().stream().map(KeyPart::column).toList()) + ")";
    }

    /** Has the connection closed with this, for an error that changes nothing for what was read. */
    private void discard(SQLException e) {
        LOG.debug("The connection of file {} is not used again", file.name(), e);
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
