package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB's values, by the type of their column. What has no type of its own in an export is the text that DuckDB has
 * for it: a list, a struct, a map, an interval, a UUID, bits.
 */
final class DuckdbValues {
    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";
    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    /** What its driver makes of days without end, and of moments in microseconds, milliseconds and nanoseconds. */
    private static final Map<String, String> INFINITE = Map.of(
            "+5881580-07-11", INFINITY,
            "-5877641-06-24", MINUS_INFINITY,
            "+294247-01-10T04:00:54.775807", INFINITY,
            "-290308-12-21T19:59:05.224193", MINUS_INFINITY,
            "+292278994-08-17T07:12:55.807", INFINITY,
            "-292275055-05-16T16:47:04.193", MINUS_INFINITY,
            "2262-04-11T23:47:16.854775807", INFINITY,
            "1677-09-21T00:12:43.145224193", MINUS_INFINITY);

    private DuckdbValues() {}

    enum Kind {
        INTEGER,
        /** Maybe greater than a long. */
        BIG,
        DECIMAL,
        NUMBER,
        BOOLEAN,
        DATE,
        /** Without a zone. */
        LOCAL,
        TIMESTAMP,
        TIME,
        TIME_WITH_ZONE,
        JSON,
        BYTES,
        TEXT,
        /** One value may have several texts, or sorts otherwise than its text. */
        OTHER
    }

    /** @param type as the driver names it */
    static Kind kind(String type) {
        if (type.endsWith("]")) {
            return Kind.OTHER;
        }
        return switch (type.replaceFirst("\\(.*", "")) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> Kind.INTEGER;
            case "UBIGINT", "HUGEINT", "UHUGEINT", "BIGNUM" -> Kind.BIG;
            case "DECIMAL" -> Kind.DECIMAL;
            case "FLOAT", "DOUBLE" -> Kind.NUMBER;
            case "BOOLEAN" -> Kind.BOOLEAN;
            case "DATE" -> Kind.DATE;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> Kind.LOCAL;
            case "TIMESTAMP WITH TIME ZONE" -> Kind.TIMESTAMP;
            case "TIME" -> Kind.TIME;
            case "TIME WITH TIME ZONE" -> Kind.TIME_WITH_ZONE;
            case "JSON" -> Kind.JSON;
            case "BLOB" -> Kind.BYTES;
            case "VARCHAR", "UUID" -> Kind.TEXT;
            default -> Kind.OTHER;
        };
    }

    static ColumnType type(String type) {
        return switch (kind(type)) {
            case INTEGER, BIG -> ColumnType.INTEGER;
            case DECIMAL, NUMBER -> ColumnType.NUMBER;
            case BOOLEAN -> ColumnType.BOOLEAN;
            case DATE -> ColumnType.DATE;
            case TIMESTAMP -> ColumnType.TIMESTAMP;
            case JSON -> ColumnType.JSON;
            case BYTES -> ColumnType.BYTES;
            case LOCAL, TIME, TIME_WITH_ZONE, TEXT, OTHER -> ColumnType.STRING;
        };
    }

    /** @param utc whether a timestamp without a zone is a moment in UTC */
    static ColumnReader reader(ResultSetMetaData columns, int index, boolean utc) throws SQLException {
        return switch (kind(columns.getColumnTypeName(index))) {
            case INTEGER, BIG -> DuckdbValues::integer;
            case DECIMAL, NUMBER -> OtherValues.reader(columns.getColumnType(index), utc);
            case BOOLEAN -> JdbcValues::bool;
            case DATE -> DuckdbValues::date;
            case LOCAL -> finite(utc ? JdbcValues::timestampInUtc : JdbcValues::localTimestamp);
            case TIMESTAMP -> DuckdbValues::instant;
            case TIME, TIME_WITH_ZONE -> DuckdbValues::text;
            case JSON -> DuckdbValues::json;
            case BYTES -> JdbcValues::bytes;
            case TEXT, OTHER -> JdbcValues::text;
        };
    }

    private static void integer(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = row.getString(index);
        if (value == null) {
            sink.nullValue();
        } else {
            BigDecimal exact = new BigDecimal(value);
            if (Conversions.isLong(exact)) {
                sink.integer(exact.longValueExact());
            } else {
                sink.decimal(exact);
            }
        }
    }

    /** Not by the driver's own conversion, which takes a year before Christ for one after. */
    private static void date(ResultSet row, int index, RowSink sink) throws SQLException {
        if (row.getObject(index) instanceof LocalDate day && Moments.holdsDay(day.toEpochDay())) {
            sink.date(day.toEpochDay());
        } else {
            text(row, index, sink);
        }
    }

    private static void instant(ResultSet row, int index, RowSink sink) throws SQLException {
        long micros = row.getLong(index);
        if (row.wasNull()) {
            sink.nullValue();
            return;
        }
        long second = Math.floorDiv(micros, MICROS_OF_SECOND);
        if (Moments.holds(second)) {
            sink.timestamp(second, (int) Math.floorMod(micros, MICROS_OF_SECOND) * NANOS_OF_MICRO);
        } else {
            sink.text(writtenInstant(micros));
        }
    }

    private static String writtenInstant(long micros) {
        if (Math.abs(micros) == Long.MAX_VALUE) {
            return micros > 0 ? INFINITY : MINUS_INFINITY;
        }
        LocalDateTime moment = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_OF_SECOND),
                (int) Math.floorMod(micros, MICROS_OF_SECOND) * NANOS_OF_MICRO,
                ZoneOffset.UTC);
        return unsigned(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(moment)) + "Z";
    }

    private static ColumnReader finite(ColumnReader reader) {
        return (row, index, sink) -> {
            LocalDateTime moment = moment(row, index);
            if (moment != null
                    && Moments.holdsDay(moment.toLocalDate().toEpochDay())
                    && !INFINITE.containsKey(moment.toString())) {
                reader.copy(row, index, sink);
            } else {
                text(row, index, sink);
            }
        };
    }

    private static void text(ResultSet row, int index, RowSink sink) throws SQLException {
        String value = written(row, index);
        if (value == null) {
            sink.nullValue();
        } else {
            sink.text(value);
        }
    }

    /**
     * The text of a value, as DuckDB reads it too: its driver leaves out seconds that are zero, and what is before
     * Christ. A moment with a zone it gives by the clock of Java's zone, which has an hour twice in autumn; only its
     * microseconds are exact.
     */
    static @Nullable String written(ResultSet row, int index) throws SQLException {
        if (kind(row.getMetaData().getColumnTypeName(index)) == Kind.TIMESTAMP) {
            long micros = row.getLong(index);
            return row.wasNull() ? null : writtenInstant(micros);
        }
        Object value = value(row, index);
        if (value instanceof LocalDate day) {
            return INFINITE.getOrDefault(day.toString(), unsigned(day.toString()));
        } else if (value instanceof LocalTime time) {
            return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
        } else if (value instanceof OffsetTime time) {
            return DateTimeFormatter.ISO_OFFSET_TIME.format(time);
        } else if (value instanceof Timestamp) {
            LocalDateTime moment = moment(row, index);
            String text = moment == null ? "" : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(moment);
            return INFINITE.getOrDefault(String.valueOf(moment), unsigned(text));
        }
        return row.getString(index);
    }

    private static String unsigned(String text) {
        return text.startsWith("+") ? text.substring(1) : text;
    }

    private static @Nullable Object value(ResultSet row, int index) throws SQLException {
        try {
            return row.getObject(index);
        } catch (DateTimeException e) {
            throw beyond(e);
        }
    }

    private static @Nullable LocalDateTime moment(ResultSet row, int index) throws SQLException {
        try {
            return row.getObject(index, LocalDateTime.class);
        } catch (DateTimeException e) {
            throw beyond(e);
        }
    }

    /** As of {@code 24:00:00}, and seconds without end. */
    private static SQLException beyond(DateTimeException e) {
        return new SQLException("there is a time that Java has not: " + e.getMessage(), "22008", e);
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
