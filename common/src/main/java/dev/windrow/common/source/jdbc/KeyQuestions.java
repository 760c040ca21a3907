package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.sql.KeySql.Entry;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import dev.windrow.common.source.jdbc.value.KeyValues.Likeness;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * What only the database knows of a file's keys: which are equal, and which have a row. Belongs to one thread at a
 * time.
 */
final class KeyQuestions {
    /** From here on a real may stand for several integers. */
    private static final double EXACT_INTEGERS = 0x1p53;

    private final KeysetSql sql;
    private final KeyColumns key;
    private final FileQueries queries;
    private final FileErrors errors;

    KeyQuestions(KeysetSql sql, KeyColumns key, FileQueries queries, FileErrors errors) {
        this.sql = sql;
        this.key = key;
        this.queries = queries;
        this.errors = errors;
    }

    KeyColumns key() {
        return key;
    }

    /** As the query gives its values, where the arms of a union may have others; else by an entry. */
    KeysetSql comparing(Object[] values, Entry by) {
        boolean inexact = sql.key().dialect() == Dialect.SQLITE
                && Arrays.stream(values)
                        .anyMatch(value -> value instanceof Double number && Math.abs(number) >= EXACT_INTEGERS);
        return sql.entered(inexact ? Entry.APART : by);
    }

    /** Whether the database takes two keys for the same. */
    boolean areEqual(Object[] one, Object[] other) throws SQLException, SourceException {
        Likeness likeness = key.compare(one, other);
        return likeness == Likeness.UNSURE ? queries.gives(sql.equal(), one, other) : likeness == Likeness.EQUAL;
    }

    /** Whether a key that was just read is found: one whose text means another value would be taken for gone. */
    boolean isFound(Object[] read) throws SQLException, SourceException {
        return key.isExact() || isThere(read);
    }

    /** Whether there is a row with that key. */
    boolean isThere(Object[] values) throws SQLException, SourceException {
        boolean there = queries.gives(comparing(values, Entry.PLAIN).there(), new Object[][] {values});
        // By an index first, which may take a number for its text: a yes is rare, and dear.
        return there && sql.key().dialect() == Dialect.SQLITE
                ? queries.gives(comparing(values, Entry.UNINDEXED).there(), new Object[][] {values})
                : there;
    }

    /** Whether the row with a key is there as the position says; of a key that may move. */
    boolean isThereStill(Object[] values, Position position) throws SQLException, SourceException {
        ResultSet rows = queries.run(comparing(values, Entry.PLAIN).there(), new Object[][] {values});
        try {
            return rows.next()
                    && (position.row() == null
                            || position.row()
                                    .equals(RowContent.of(rows, 1, sql.key().dialect())));
        } finally {
            queries.finished(rows);
        }
    }

    /**
     * @throws SourceException when there are rows that a comparison with the position leaves out because a part of
     * their key is null
     */
    void refuseNullsBeside(Object[] position) throws SQLException, SourceException {
        if (sql.mayMissNulls() && queries.gives(comparing(position, Entry.PLAIN).nulls(), new Object[][] {position})) {
            throw errors.nullInKey();
        }
    }
}
