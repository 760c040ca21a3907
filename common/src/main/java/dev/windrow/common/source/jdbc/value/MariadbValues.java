package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB's and MySQL's values, by the type of their column and from the server's own text: the drivers differ in what
 * they make of a year, a {@code bit(4)}, a {@code tinyint(1)} and a day that is zero
 * (https://mariadb.com/kb/en/data-types/). What is no day or moment is that text. The session's zone is UTC.
 */
final class MariadbValues {
    private MariadbValues() {}

    private enum Kind {
        BIT,
        INTEGER,
        DECIMAL,
        FLOAT,
        NUMBER,
        DATE,
        /** A moment: what the server keeps in UTC. */
        TIMESTAMP,
        /** Without a zone. */
        DATETIME,
        JSON,
        BYTES,
        TEXT
    }

    static ColumnType type(ResultSetMetaData columns, int index) throws SQLException {
        return switch (kind(columns, index)) {
            case BIT, INTEGER -> ColumnType.INTEGER;
            case DECIMAL, FLOAT, NUMBER -> ColumnType.NUMBER;
            case DATE -> ColumnType.DATE;
            case TIMESTAMP -> ColumnType.TIMESTAMP;
            case JSON -> ColumnType.JSON;
            case BYTES -> ColumnType.BYTES;
            case DATETIME, TEXT -> ColumnType.STRING;
        };
    }

    /** @param utc whether a moment without a zone is one in UTC */
    static ColumnReader reader(ResultSetMetaData columns, int index, boolean utc) throws SQLException {
        return switch (kind(columns, index)) {
            case BIT -> MariadbValues::bit;
            case INTEGER, DECIMAL -> MariadbValues::decimal;
            case FLOAT -> MariadbValues::real;
            case NUMBER -> MariadbValues::number;
            case DATE -> MariadbValues::date;
            case TIMESTAMP -> MariadbValues::timestamp;
            case DATETIME -> utc ? MariadbValues::timestamp : MariadbValues::local;
            case JSON -> MariadbValues::json;
            case BYTES -> JdbcValues::bytes;
            case TEXT -> JdbcValues::text;
        };
    }

    /** Days and moments are compared as the texts that the server writes. */
    static int keyType(int type) {
        return switch (type) {
            case Types.DATE, Types.TIME, Types.TIMESTAMP -> Types.VARCHAR;
            default -> type;
        };
    }

    private static Kind kind(ResultSetMetaData columns, int index) throws SQLException {
        String name = columns.getColumnTypeName(index).toUpperCase(Locale.ROOT);
        String word = name.replaceFirst("[ (].*", "");
        return switch (word) {
            case "BIT" -> Kind.BIT;
            case "YEAR", "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT", "BOOLEAN" -> Kind.INTEGER;
            case "DECIMAL", "NUMERIC", "OLDDECIMAL" -> Kind.DECIMAL;
            case "FLOAT" -> Kind.FLOAT;
            case "DOUBLE", "REAL" -> Kind.NUMBER;
            case "DATE" -> Kind.DATE;
            case "TIMESTAMP" -> Kind.TIMESTAMP;
            case "DATETIME" -> Kind.DATETIME;
            case "JSON" -> Kind.JSON;
            case "UUID", "INET4", "INET6", "TIME", "ENUM", "SET" -> Kind.TEXT;
            default ->
                switch (columns.getColumnType(index)) {
                    case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BYTES;
                    default -> Kind.TEXT;
                };
        };
    }

    /** Its bits as one number. */
    private static void bit(ResultSet row, int index, RowSink sink) throws SQLException {
        byte[] bits = row.getBytes(index);
        if (bits == null) {
            sink.nullValue();
        } else {
            integer(new BigDecimal(new BigInteger(1, bits)), sink);
        }
    }

    /** Integers too: an unsigned one may be greater than a long. */
    private static void decimal(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            integer(new BigDecimal(value), sink);
        }
    }

    private static void integer(BigDecimal value, RowSink sink) throws SQLException {
        if (value.scale() == 0 && Conversions.isLong(value)) {
            sink.integer(value.longValueExact());
        } else {
            sink.decimal(value);
        }
    }

    /** MySQL's driver writes the digits of a double. */
    private static void real(ResultSet row, int index, RowSink sink) throws SQLException {
        float value = row.getFloat(index);
        if (row.wasNull()) {
            sink.nullValue();
        } else {
            sink.number(Conversions.ofFloat(value));
        }
    }

    private static void number(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.number(Double.parseDouble(value));
        }
    }

    private static void date(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        Optional<LocalDate> day = value == null ? Optional.empty() : Conversions.toDate(value);
        if (day.isPresent()) {
            sink.date(day.get().toEpochDay());
        } else {
            text(value, sink);
        }
    }

    private static void timestamp(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        Optional<Instant> moment = value == null ? Optional.empty() : Conversions.toInstant(value);
        if (moment.isPresent()) {
            Instant at = moment.get();
            sink.timestamp(at.getEpochSecond(), at.getNano());
        } else {
            text(value, sink);
        }
    }

    private static void local(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        Optional<Instant> moment = value == null ? Optional.empty() : Conversions.toInstant(value);
        String iso = moment.map(Instant::toString).orElse("");
        text(iso.isEmpty() ? value : iso.substring(0, iso.length() - 1), sink);
    }

    private static void json(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.json(Conversions.withoutSpace(value));
        }
    }

    private static void text(@Nullable String value, RowSink sink) throws SQLException {
        if (value == null) {
            sink.nullValue();
        } else {
            sink.text(value);
        }
    }
}
