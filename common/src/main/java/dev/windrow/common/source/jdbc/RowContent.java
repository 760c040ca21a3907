package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.value.ColumnReaders;
import dev.windrow.common.source.jdbc.value.KeyHash;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A hash of all that the query has of a row: tells whether a key that may move still names the row that it named. */
final class RowContent {
    /** Equal to no row's. */
    static final String UNREADABLE = "unreadable";

    private RowContent() {}

    private enum Missing {
        NULL
    }

    /** @param first the index of the first column that counts, 1-based; all after it count too */
    static String of(ResultSet row, int first, Dialect dialect) throws SQLException {
        Object[] values = new Object[row.getMetaData().getColumnCount() - first + 1];
        for (int i = 0; i < values.length; i++) {
            // A text of SQLite's numbers would convert them in place, and PostgreSQL's texts are its own.
            Object value =
                    dialect == Dialect.SQLITE ? row.getObject(first + i) : ColumnReaders.text(row, first + i, dialect);
            values[i] = value == null ? Missing.NULL : value;
        }
        return Integer.toHexString(new KeyHash().of(values));
    }
}
