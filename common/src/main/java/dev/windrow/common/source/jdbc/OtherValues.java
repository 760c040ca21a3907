package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Values of any other database, by the JDBC type of their column. */
final class OtherValues {
    private OtherValues() {}

    static ColumnReader reader(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL ->
                OtherValues::decimal;
            case Types.DATE -> OtherValues::date;
            case Types.TIMESTAMP -> OtherValues::timestamp;
            case Types.TIMESTAMP_WITH_TIMEZONE -> OtherValues::instant;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> OtherValues::bytes;
            case Types.BOOLEAN, Types.BIT -> OtherValues::bool;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> OtherValues::number;
            default -> OtherValues::text;
        };
    }

    /** Integers too: an unsigned one may be greater than a long. */
    private static void decimal(ResultSet row, int index, RowSink sink) throws SQLException {
        BigDecimal value = row.getBigDecimal(index);
        if (value == null) {
            sink.nullValue();
        } else if (value.scale() == 0 && value.precision() <= 18) {
            sink.integer(value.longValueExact());
        } else {
            sink.decimal(value);
        }
    }

    private static void number(ResultSet row, int index, RowSink sink) throws SQLException {
        Object value = row.getObject(index);
        if (value == null) {
            sink.nullValue();
        } else if (value instanceof Float real) {
            sink.number(Double.parseDouble(real.toString()));
        } else {
            sink.number(row.getDouble(index));
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
        } else {
            sink.date(value.toEpochDay());
        }
    }

    /** A timestamp without a zone is taken as one in UTC. */
    private static void timestamp(ResultSet row, int index, RowSink sink) throws SQLException {
        LocalDateTime value = row.getObject(index, LocalDateTime.class);
        if (value == null) {
            sink.nullValue();
        } else {
            Instant instant = value.toInstant(ZoneOffset.UTC);
            sink.timestamp(instant.getEpochSecond(), instant.getNano());
        }
    }

    private static void instant(ResultSet row, int index, RowSink sink) throws SQLException {
        OffsetDateTime value = row.getObject(index, OffsetDateTime.class);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.timestamp(value.toEpochSecond(), value.getNano());
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

    private static void text(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.text(value);
        }
    }
}
