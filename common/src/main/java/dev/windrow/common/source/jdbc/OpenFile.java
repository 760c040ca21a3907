package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.Bindings;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Entry;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Marks;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Slot;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Statement;
import dev.windrow.common.source.jdbc.sql.MovingKey;
import dev.windrow.common.source.jdbc.sql.NamedSql;
import dev.windrow.common.source.jdbc.sql.Names;
import dev.windrow.common.source.jdbc.value.ColumnReader;
import dev.windrow.common.source.jdbc.value.ColumnReaders;
import dev.windrow.common.source.jdbc.value.ColumnTypes;
import dev.windrow.common.source.jdbc.value.DeclaredColumn;
import dev.windrow.common.source.jdbc.value.KeyReader;
import dev.windrow.common.source.jdbc.value.KeyValues.Likeness;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on one connection, for one leg or one question: its statements, and how its rows are read. Nothing of it is kept for the next, since
 * the schema may change between two. Belongs to one thread at a time.
 */
final class OpenFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenFile.class);

    private static final int WIDE_FETCH_ROWS = 200;

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
    /** Rows that the driver asks for at a time. */
    private final int fetchRows;

    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Of a key that stays with its row. */
    OpenFile(LentConnection connection, RowSelection selection, Cancellation cancellation) throws SQLException {
        this(connection, selection, cancellation, false);
    }

    /**
     * @param connection stays open
     * @param keyMoves whether the key may name another row later, see {@link MovingKey}
     */
    OpenFile(LentConnection connection, RowSelection selection, Cancellation cancellation, boolean keyMoves)
            throws SQLException {
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
                query.sql(),
                names,
                file.key(),
                untyped,
                new Marks(false, keyMoves),
                Entry.PLAIN,
                Names.of(connection),
                dialect);
        if (dialect == Dialect.SQLITE) {
            connection.forgetPages();
            this.sqliteColumns = sqliteColumns(selection);
            this.columns = List.of();
            this.key = Collections.nCopies(untyped.size(), new KeyReader.Sqlite());
            this.sql = any;
            this.fetchRows = file.batchRows();
            return;
        }
        this.sqliteColumns = List.of();
        try (PreparedStatement statement = connection.prepare(any.anyRow(), 1)) {
            Bindings.bind(statement, 1, parameters, dialect);
            ResultSetMetaData metaData = statement.getMetaData();
            this.columns = columnReaders(selection, dialect, metaData);
            this.key = keyReaders(selection, metaData);
            this.fetchRows = fetchRows(metaData);
        }
        List<String> typed = key.stream().map(KeyReader::placeholder).toList();
        Marks marks = new Marks(key.stream().anyMatch(KeyReader::asks), keyMoves);
        this.sql = new KeysetSql(query.sql(), names, file.key(), typed, marks, Entry.PLAIN, any.names(), dialect);
    }

    /** The driver holds what it has asked for: fewer rows where one may be a megabyte, unless the catalog says how many. */
    private int fetchRows(ResultSetMetaData metaData) throws SQLException {
        boolean narrow = file.batchRows() != DatasetFile.DEFAULT_BATCH_ROWS;
        for (int i = 1; !narrow && i <= metaData.getColumnCount(); i++) {
            if (!ColumnTypes.isNarrow(metaData.getColumnType(i))) {
                return Math.min(WIDE_FETCH_ROWS, file.batchRows());
            }
        }
        return file.batchRows();
    }

    private static List<ColumnReader> columnReaders(RowSelection selection, Dialect dialect, ResultSetMetaData metaData)
            throws SQLException {
        List<ColumnReader> readers = new ArrayList<>();
        for (Column column : selection.columns()) {
            readers.add(ColumnReaders.of(column, dialect, metaData, readers.size() + 1));
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
        return sql.marks().repeats();
    }

    /** The statement of a leg from a position on; of those that SQLite understands, one by which it enters an index there. */
    Statement next(Object[] after) throws SQLException {
        if (connection.dialect() != Dialect.SQLITE) {
            return sql.next();
        }
        KeysetSql entering = entering();
        return (entering.entry() == Entry.UNINDEXED ? comparing(after, Entry.UNINDEXED) : entering).next();
    }

    /** As the query gives its values, where the arms of a union may have others; else by an entry. */
    private KeysetSql comparing(Object[] values, Entry by) {
        boolean inexact = connection.dialect() == Dialect.SQLITE
                && Arrays.stream(values)
                        .anyMatch(value -> value instanceof Double number && Math.abs(number) >= EXACT_INTEGERS);
        return sql.entered(inexact ? Entry.APART : by);
    }

    /** For SQLite. */
    KeysetSql entering() throws SQLException {
        return sql.entering(connection.connection(), parameters.size());
    }

    /** Whether a count would hold writers up that an index can let in between. */
    boolean isCountedInStretches() throws SourceException {
        try {
            return !file.key().isEmpty()
                    && connection.holdsWritersUp()
                    && entering().entry() != Entry.UNINDEXED;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Values of a position as they are read from rows. */
    Object[] restored(Position position) {
        Object[] values = position.values();
        return IntStream.range(0, values.length)
                .mapToObj(part -> key.get(part).restored(values[part]))
                .toArray();
    }

    /** Begins a leg's transaction, and waits for the source's lock: that wait is no part of what entering the query costs. */
    void begin() throws SQLException {
        connection.beginTransaction();
    }

    /**
     * Runs a leg's statement. The caller hands the rows to {@link #endOf}.
     *
     * @param keys those that the statement compares with
     */
    ResultSet stream(Statement select, Object[]... keys) throws SQLException, SourceException {
        PreparedStatement statement = connection.stream(select.sql(), fetchRows);
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

    /**
     * Ends a leg: its rows, its statements and its transaction.
     *
     * @param given the key of the row given last, where another leg will begin; null where none will
     * @return false when that row is not found by it, so that nobody could go on from there
     */
    boolean endOf(ResultSet rows, Object @Nullable [] given) {
        boolean found = true;
        try {
            if (connection.dialect() == Dialect.OTHER) {
                // Drivers that stream read to the end of what is closed, unless it is cancelled.
                rows.getStatement().cancel();
            }
            finished(rows);
            found = given == null || isFound(given);
            close();
            connection.endTransaction();
        } catch (SQLException e) {
            // The rows that were given are good. Whoever reads on is told by a connection that no longer works.
            discard(e);
        } catch (SourceException e) {
            log.debug("The end of a leg of file {} was cancelled", file.name(), e);
            connection.discard();
        }
        return found;
    }

    /** Whether a key that was just read is found: one whose text means another value would be taken for gone. */
    boolean isFound(Object[] read) throws SQLException, SourceException {
        return key.stream().allMatch(KeyReader::isExact) || isThere(read);
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
        boolean there = gives(run(comparing(values, Entry.PLAIN).there(), new Object[][] {values}));
        // By an index first, which may take a number for its text: a yes is rare, and dear.
        return there && connection.dialect() == Dialect.SQLITE
                ? gives(run(comparing(values, Entry.UNINDEXED).there(), new Object[][] {values}))
                : there;
    }

    boolean keyMoves() {
        return sql.marks().content();
    }

    /** What tells a leg's row from others where the key may move; else null. */
    @Nullable String content(ResultSet row) throws SQLException {
        return content(row, width + Math.max(1, key.size()) + 1 + (marksRepeats() ? 1 : 0) + 1);
    }

    /** @param first the index of the column from which on a row says its content, 1-based */
    @Nullable String content(ResultSet row, int first) throws SQLException {
        return keyMoves() ? RowContent.of(row, first, connection.dialect()) : null;
    }

    /** Whether the row with a key is there as the position says; of a key that may move. */
    boolean isThereStill(Object[] values, Position position) throws SQLException, SourceException {
        ResultSet rows = run(comparing(values, Entry.PLAIN).there(), new Object[][] {values});
        try {
            return rows.next() && (position.row() == null || position.row().equals(content(rows, 1)));
        } finally {
            finished(rows);
        }
    }

    /** @throws SourceException when there are rows that a comparison with the position leaves out because a part of their key is null */
    void refuseNullsBeside(Object[] position) throws SQLException, SourceException {
        if (sql.mayMissNulls() && gives(run(comparing(position, Entry.PLAIN).nulls(), new Object[][] {position}))) {
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
            Object value = keyValue(row, first + i, key.get(i));
            if (value == null) {
                throw nullInKey();
            }
            values[i] = value;
        }
        return values;
    }

    private @Nullable Object keyValue(ResultSet row, int index, KeyReader part) throws SQLException, SourceException {
        try {
            return part.read(row, index);
        } catch (SourceException e) {
            throw new SourceException(e.kind(), "File " + file.name() + ", key " + keyWords() + ": " + e.detail());
        }
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

    SourceException rowMoved() {
        return new SourceException(
                Kind.ROWS_LOST,
                "Rows of file " + file.name() + " might be missing or doubled: the row at its key " + keyWords()
                        + " is no longer the one that was read, as it happens to keys that a window function makes when rows"
                        + " come or go before them. The dataset needs consistency: snapshot in the catalog.");
    }

    private String keyWords() {
        return "(" + String.join(", ", file.key().stream().map(KeyPart::column).toList()) + ")";
    }

    /** Has the connection closed with this, for an error that changes nothing for what was read. */
    private void discard(SQLException e) {
        log.debug("The connection of file {} is not used again", file.name(), e);
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
