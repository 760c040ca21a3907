package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Counts a file of a source whose writers wait for its readers, by an index and a stretch at a time, so that a writer
 * gets in between. Belongs to one thread.
 */
final class StretchedCount {
    /** A fraction of a second's counting. */
    private static final int STRETCH = 500_000;

    private final OpenFile file;
    private final KeysetSql sql;
    private final Object[] bound;
    private final int stretch;

    /** @param sql one that enters an index at its position */
    StretchedCount(OpenFile file, KeysetSql sql, Object[] bound) {
        this(file, sql, bound, STRETCH);
    }

    StretchedCount(OpenFile file, KeysetSql sql, Object[] bound, int stretch) {
        this.file = file;
        this.sql = sql;
        this.bound = bound;
        this.stretch = stretch;
    }

    long count() throws SQLException, SourceException {
        long counted = 0;
        Object[] from = null;
        Object[] next = further(null);
        while (next != null) {
            counted += stretch;
            from = next;
            next = further(from);
        }
        ResultSet rest = from == null
                ? file.queries().run(sql.count(), new Object[][] {bound})
                : file.queries().run(sql.countFrom(), bound, from);
        try {
            rest.next();
            return counted + rest.getLong(1);
        } finally {
            file.queries().finished(rest);
        }
    }

    /** The key of the row a stretch further on; null where that is behind the bound. */
    private Object @Nullable [] further(Object @Nullable [] from) throws SQLException, SourceException {
        ResultSet row = from == null
                ? file.queries().run(sql.further(false, stretch), new Object[][] {bound})
                : file.queries().run(sql.further(true, stretch), bound, from);
        try {
            return row.next() && row.getBoolean(bound.length + 1) ? file.key().read(row, 1) : null;
        } finally {
            file.queries().finished(row);
        }
    }
}
