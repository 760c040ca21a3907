package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** PostgreSQL's values, by the type of their column. What has no type of its own in an export is the text that the server writes. */
final class PostgresqlValues {
    private PostgresqlValues() {}

    static ColumnReader reader(String type) {
        return switch (type) {
            case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> PostgresqlValues::integer;
            case "float4", "float8" -> PostgresqlValues::number;
            case "numeric" -> PostgresqlValues::decimal;
            case "bool" -> PostgresqlValues::bool;
            case "date" -> PostgresqlValues::date;
            case "timestamp" -> PostgresqlValues::timestamp;
            case "timestamptz" -> PostgresqlValues::instant;
            case "json", "jsonb" -> PostgresqlValues::json;
            case "bytea" -> PostgresqlValues::bytes;
            default -> PostgresqlValues::text;
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

    /** From the server's text, which is the shortest of each width: a real 0.1 is 0.1, not its double's 0.10000000149. */
    private static void number(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.number(Double.parseDouble(value));
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

    private static void bool(ResultSet row, int index, RowSink sink) throws SQLException {
        boolean value = row.getBoolean(index);
        if (row.wasNull()) {
            sink.nullValue();
        } else {
            sink.bool(value);
        }
    }

    private static void date(ResultSet row, int index, RowSink sink) throws SQLException {
        LocalDate value = row.getObject(index, LocalDate.class);
        if (value == null) {
            sink.nullValue();
        } else if (value.equals(LocalDate.MAX) || value.equals(LocalDate.MIN)) {
            text(row, index, sink);
        } else {
            sink.date(value.toEpochDay());
        }
    }

    /** A timestamp without a zone is taken as one in UTC. */
    private static void timestamp(ResultSet row, int index, RowSink sink) throws SQLException {
        LocalDateTime value = row.getObject(index, LocalDateTime.class);
        if (value == null) {
            sink.nullValue();
        } else if (value.equals(LocalDateTime.MAX) || value.equals(LocalDateTime.MIN)) {
            text(row, index, sink);
        } else {
            Instant instant = value.toInstant(ZoneOffset.UTC);
            sink.timestamp(instant.getEpochSecond(), instant.getNano());
        }
    }

    private static void instant(ResultSet row, int index, RowSink sink) throws SQLException {
        OffsetDateTime value = row.getObject(index, OffsetDateTime.class);
        if (value == null) {
            sink.nullValue();
        } else if (value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)) {
            text(row, index, sink);
        } else {
            sink.timestamp(value.toEpochSecond(), value.getNano());
        }
    }

    private static void json(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.json(value);
        }
    }

    private static void bytes(ResultSet row, int index, RowSink sink) throws SQLException {
        byte[] value = row.getBytes(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.bytes(value);
        }
    }

    /** Also for {@code infinity}, which a date or a timestamp may be. */
    private static void text(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.text(value);
        }
    }
}
