package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.core.io.NumberInput;

/**
 * PostgreSQL's values, by the type of their column. What has no type of its own in an export is the text that the
 * server writes.
 */
final class PostgresqlValues {
    private PostgresqlValues() {}

    /** @param utc whether a timestamp without a zone is a moment in UTC */
    static ColumnReader reader(String type, boolean utc) {
        return switch (type) {
            case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> PostgresqlValues::integer;
            case "float4", "float8" -> PostgresqlValues::number;
            case "numeric" -> PostgresqlValues::decimal;
            case "bool" -> JdbcValues::bool;
            case "date" -> JdbcValues::date;
            case "timestamp" -> utc ? JdbcValues::timestampInUtc : JdbcValues::localTimestamp;
            case "timestamptz" -> JdbcValues::instant;
            case "json", "jsonb" -> PostgresqlValues::json;
            case "bytea" -> JdbcValues::bytes;
            default -> JdbcValues::text;
        };
    }

    private static void integer(ResultSet row, int index, RowSink sink) throws SQLException {
        long value = row.getLong(index);
        if (row.wasNull()) {
            sink.nullValue();
        } else {
            sink.integer(value);
        }
    }

    /**
     * From the server's text, which is the shortest of each width: a real 0.1 is 0.1, not its double's 0.10000000149.
     */
    private static void number(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            // The JDK's own parser takes several times as long for 17 digits.
            sink.number(NumberInput.parseDouble(value, true));
        }
    }

    private static void decimal(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else if (value.equals("NaN") || value.endsWith("Infinity")) {
            sink.number(Double.parseDouble(value));
        } else {
            sink.decimal(new BigDecimal(value));
        }
    }

    private static void json(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.json(Conversions.withoutSpace(value));
        }
    }
}
