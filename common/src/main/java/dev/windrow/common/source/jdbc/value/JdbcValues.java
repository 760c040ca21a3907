package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.source.RowSink;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Values as every JDBC 4.2 driver gives them, whatever the database calls their type. A day or moment that RFC 3339
 * can't write ({@code infinity}, years before 0001 and after 9999) is the text that the database has for it.
 */
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
        } else if (Moments.holdsDay(value.toEpochDay())) {
            sink.date(value.toEpochDay());
        } else {
            text(row, index, sink);
        }
    }

    /** A timestamp without a zone, where the catalog says that it is a moment: then it is one in UTC. */
    static void timestampInUtc(ResultSet row, int index, RowSink sink) throws SQLException {
        LocalDateTime value = row.getObject(index, LocalDateTime.class);
        if (value == null) {
            sink.nullValue();
        } else if (Moments.holdsDay(value.toLocalDate().toEpochDay())) {
            sink.timestamp(value.toEpochSecond(ZoneOffset.UTC), value.getNano());
        } else {
            text(row, index, sink);
        }
    }

    /** A timestamp without a zone as the text that it is: which moment it means is known to nobody here. */
    static void localTimestamp(ResultSet row, int index, RowSink sink) throws SQLException {
        LocalDateTime value = row.getObject(index, LocalDateTime.class);
        if (value == null) {
            sink.nullValue();
        } else if (Moments.holdsDay(value.toLocalDate().toEpochDay())) {
            String moment = value.toInstant(ZoneOffset.UTC).toString();
            sink.text(moment.substring(0, moment.length() - 1));
        } else {
            text(row, index, sink);
        }
    }

    static void instant(ResultSet row, int index, RowSink sink) throws SQLException {
        OffsetDateTime value = row.getObject(index, OffsetDateTime.class);
        if (value == null) {
            sink.nullValue();
        } else if (Moments.holds(value.toEpochSecond())) {
            sink.timestamp(value.toEpochSecond(), value.getNano());
        } else {
            text(row, index, sink);
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

    static void text(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.text(value);
        }
    }
}
