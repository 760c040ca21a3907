package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowSink;
import java.sql.ResultSet;
import java.sql.SQLException;

/** SQLite's values: each has its own type, whatever its column declares. */
final class SqliteValues {
    private SqliteValues() {}

    static void copy(ResultSet row, int index, RowSink sink) throws SQLException {
        Object value = row.getObject(index);
        if (value == null) {
            sink.nullValue();
        } else if (value instanceof String text) {
            sink.text(text);
        } else if (value instanceof Double number) {
            sink.number(number);
        } else if (value instanceof byte[] bytes) {
            sink.bytes(bytes);
        } else {
            sink.integer(((Number) value).longValue());
        }
    }
}
