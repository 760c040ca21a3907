package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowSink;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Values as every JDBC 4.2 driver gives them, whatever the database calls their type. */
final class JdbcValues {
    private JdbcValues() {}

    static void bool(ResultSet row, int index, RowSink sink) throws SQLException {
        boolean value = row.getBoolean(index);
        if (row.wasNull()) {
            sink.nullValue();
        } else {
            sink.bool(value);
        }
    }

    static void date(ResultSet row, int index, RowSink sink) throws SQLException {
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
    static void timestamp(ResultSet row, int index, RowSink sink) throws SQLException {
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

    static void instant(ResultSet row, int index, RowSink sink) throws SQLException {
        OffsetDateTime value = row.getObject(index, OffsetDateTime.class);
        if (value == null) {
            sink.nullValue();
        } else if (value.equals(OffsetDateTime.MAX) || value.equals(OffsetDateTime.MIN)) {
            text(row, index, sink);
        } else {
            sink.timestamp(value.toEpochSecond(), value.getNano());
        }
    }

    static void bytes(ResultSet row, int index, RowSink sink) throws SQLException {
        byte[] value = row.getBytes(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.bytes(value);
        }
    }

    /** Also for {@code infinity}, which a date or a timestamp may be. */
    static void text(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.text(value);
        }
    }
}
