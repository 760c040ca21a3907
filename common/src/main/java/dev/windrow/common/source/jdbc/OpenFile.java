package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.Bindings;
import dev.windrow.common.source.jdbc.sql.KeySql;
import dev.windrow.common.source.jdbc.sql.KeySql.Entry;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Marks;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Statement;
import dev.windrow.common.source.jdbc.sql.NamedSql;
import dev.windrow.common.source.jdbc.sql.Names;
import dev.windrow.common.source.jdbc.value.KeyReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on one connection, for one leg or one question: its statements, and how its rows are read. Nothing of it is
 * kept for the next, since the schema may change between two. Belongs to one thread at a time.
 */
final class OpenFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenFile.class);

    /** Of a leg of several fetches, each of whose rows may be a megabyte. */
    private static final int MOST_WIDE_ROWS = 10_000;

    private final LentConnection connection;
    private final DatasetFile file;
    private final int parameters;
    private final FileColumns columns;
    private final KeysetSql sql;
    private final FileErrors errors;
    private final KeyColumns key;
    private final FileQueries queries;
    private final KeyQuestions questions;

    /** Of a key that stays with its row. */
    OpenFile(LentConnection connection, RowSelection selection, Cancellation cancellation) throws SQLException {
        this(connection, selection, cancellation, false);
    }

    /**
     * @param connection stays open
     * @param keyMoves whether the key may name another row later, see
     *     {@link dev.windrow.common.source.jdbc.sql.MovingKey}
     */
    OpenFile(LentConnection connection, RowSelection selection, Cancellation cancellation, boolean keyMoves)
            throws SQLException {
        this.connection = connection;
        this.file = selection.file();
        Dialect dialect = connection.dialect();
        NamedSql.Bound query = NamedSql.parse(file.query(), dialect)
                .bind(selection.parameters().sql());
        this.parameters = query.values().size();
        List<String> names = selection.columns().stream().map(Column::name).toList();
        List<String> untyped = Collections.nCopies(file.key().size(), "?");
        Marks plain = new Marks(false, keyMoves);
        KeySql anyKey = new KeySql(file.key(), untyped, Names.of(connection), dialect);
        KeysetSql any = new KeysetSql(query.sql(), names, anyKey, plain, Entry.PLAIN);
        this.columns = columns(selection, any, query.values());
        List<String> typed = columns.key().stream().map(KeyReader::placeholder).toList();
        Marks marks = new Marks(columns.asks(), keyMoves);
        this.sql = new KeysetSql(query.sql(), names, anyKey.with(typed), marks, Entry.PLAIN);
        this.errors = new FileErrors(file.name(), file.key());
        this.key = new KeyColumns(columns.key(), names.size() + 1, errors);
        this.queries = new FileQueries(connection, cancellation, file.name(), query.values(), key);
        this.questions = new KeyQuestions(sql, key, queries, errors);
    }

    private FileColumns columns(RowSelection selection, KeysetSql any, List<Object> values) throws SQLException {
        if (connection.dialect() == Dialect.SQLITE) {
            connection.forgetPages();
            return FileColumns.ofSqlite(connection, selection);
        }
        try (PreparedStatement statement = connection.prepareColumns(any.anyRow())) {
            Bindings.bind(statement, 1, values, connection.dialect());
            return FileColumns.of(
                    connection, selection, Objects.requireNonNull(connection.columns(statement), "columns"));
        }
    }

    String name() {
        return file.name();
    }

    List<KeyPart> keyParts() {
        return file.key();
    }

    KeysetSql sql() {
        return sql;
    }

    KeyColumns key() {
        return key;
    }

    FileQueries queries() {
        return queries;
    }

    KeyQuestions questions() {
        return questions;
    }

    FileErrors errors() {
        return errors;
    }

    /**
     * The statement of a leg from a position on; of those that SQLite understands, one by which it enters an index
     * there.
     */
    Statement next(Object[] after) throws SQLException {
        if (connection.dialect() != Dialect.SQLITE) {
            return sql.next();
        }
        KeysetSql entering = entering();
        return (entering.entry() == Entry.UNINDEXED ? questions.comparing(after, Entry.UNINDEXED) : entering).next();
    }

    /** For SQLite. */
    KeysetSql entering() throws SQLException {
        return sql.entering(connection.connection(), parameters);
    }

    /** Whether a count would hold writers up that an index can let in between. */
    boolean isCountedInStretches() throws SourceException {
        try {
            return !file.key().isEmpty()
                    && connection.holdsWritersUp()
                    && entering().entry() != Entry.UNINDEXED;
        } catch (SQLException e) {
            throw queries.failed(e);
        }
    }

    /** For the rows of one leg. */
    RowAccess newRow() {
        return columns.rows().apply(questions);
    }

    /**
     * Begins a leg's transaction, and waits for the source's lock: that wait is no part of what entering the query
     * costs.
     */
    void begin() throws SQLException {
        connection.beginTransaction();
    }

    /**
     * Runs a leg's statement. The caller hands the rows to {@link #endOf}.
     *
     * @param keys those that the statement compares with
     */
    ResultSet stream(Statement select, Object[]... keys) throws SQLException, SourceException {
        return mostRows() < Integer.MAX_VALUE
                ? queries.read(select, mostRows(), keys)
                : queries.stream(select, columns.fetchRows(), keys);
    }

    /**
     * How many rows a leg has at most. Questions are asked beside its rows, so where those do not stay as they are a
     * leg is what fits. A file without a key is one leg, and has no questions.
     */
    int mostRows() {
        if (connection.dialect().keepsRowsApart() || keyParts().isEmpty()) {
            return Integer.MAX_VALUE;
        }
        int fetches = connection.dialect().fetchesOfALeg();
        long rows = (long) columns.fetchRows() * fetches;
        // One fetch is the operator's to choose; many of them are ours.
        long most = columns.wide() && fetches > 1 ? MOST_WIDE_ROWS : Integer.MAX_VALUE - 1;
        return (int) Math.max(2, Math.min(most, rows));
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
            if (mostRows() == Integer.MAX_VALUE && !connection.dialect().keepsRowsApart()) {
                // Drivers that stream read to the end of what is closed, unless it is cancelled.
                rows.getStatement().cancel();
            }
            queries.finished(rows);
            found = given == null || questions.isFound(given);
            close();
            connection.rest();
        } catch (SQLException e) {
            // The rows that were given are good. Whoever reads on is told by a connection that no longer works.
            queries.discard(e);
        } catch (SourceException e) {
            log.debug("The end of a leg of file {} was cancelled", file.name(), e);
            connection.discard();
        }
        return found;
    }

    boolean keyMoves() {
        return sql.marks().content();
    }

    /** What tells a leg's row from others where the key may move; else null. */
    @Nullable String content(ResultSet row) throws SQLException {
        return content(row, key.end() + 1 + (sql.marks().repeats() ? 1 : 0));
    }

    /** @param first the index of the column from which on a row says its content, 1-based */
    @Nullable String content(ResultSet row, int first) throws SQLException {
        return keyMoves() ? RowContent.of(row, first, connection.dialect()) : null;
    }

    /** Closes the statements; the connection stays. */
    @Override
    public void close() {
        queries.close();
    }
}
