package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.value.KeyValues.Likeness;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes one part of the key from a row, and puts it into a later statement so that it means the same to the database.
 */
public interface KeyReader {
    String NOT_UNICODE = "A key holds text that is not valid Unicode.";

    /** The part's value; null where the row has none. */
    @Nullable Object read(ResultSet row, int index) throws SQLException, SourceException;

    void bind(PreparedStatement statement, int index, Object value) throws SQLException;

    /** What stands in SQL for a value of the part. */
    String placeholder();

    /** Whether two values are one to the database, as far as that is known here. */
    Likeness compare(Object one, Object other);

    /**
     * A value of a position, as {@link #read} would give it: positions that an earlier version wrote have texts for
     * PostgreSQL's integers.
     */
    default Object restored(Object value) {
        return value;
    }

    /**
     * Whether a value that was read is the same when it is put back, whatever the session's settings; else that has to
     * be proved.
     */
    default boolean isExact() {
        return false;
    }

    /** Whether so little is known of that, that the database has to say it of each row. */
    default boolean asks() {
        return false;
    }

    /**
     * The reader of a part whose type its column has; not for SQLite, where each value has its own.
     *
     * @param columns of a statement that has the part at that index
     * @param plainTexts whether the database takes different texts for different whatever their collation
     */
    static KeyReader of(Dialect dialect, ResultSetMetaData columns, int index, boolean plainTexts) throws SQLException {
        return switch (dialect) {
            case SQLITE -> new Sqlite();
            case POSTGRESQL -> ByText.ofPostgresql(columns.getColumnTypeName(index), plainTexts);
            case MARIADB -> new Other(MariadbValues.keyType(columns.getColumnType(index)));
            case DUCKDB -> ByText.ofDuckdb(columns.getColumnTypeName(index));
            case H2, OTHER -> new Other(columns.getColumnType(index));
        };
    }

    /** By storage class. */
    final class Sqlite implements KeyReader {
        @Override
        public @Nullable Object read(ResultSet row, int index) throws SQLException, SourceException {
            Object value = row.getObject(index);
            if (value instanceof Integer integer) {
                return integer.longValue();
            }
            if (value instanceof String text
                    && text.indexOf(Conversions.REPLACEMENT) >= 0
                    && !isWhole(text, row.getBytes(index))) {
                throw new SourceException(SourceException.Kind.QUERY, NOT_UNICODE);
            }
            return value;
        }

        /** Text that is not read as it is stored can't be found again. */
        private static boolean isWhole(String text, byte[] stored) {
            return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), stored);
        }

        @Override
        public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
            if (value instanceof Long integer) {
                statement.setLong(index, integer);
            } else if (value instanceof Double number) {
                statement.setDouble(index, number);
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(index, bytes);
            } else {
                statement.setString(index, (String) value);
            }
        }

        @Override
        public String placeholder() {
            return "?";
        }

        @Override
        public boolean isExact() {
            return true;
        }

        /**
         * Its own collations differ from the texts in letters' case and in blanks at the end; others are not to be had
         * here.
         */
        @Override
        public Likeness compare(Object one, Object other) {
            return KeyValues.compare(one, other);
        }
    }

    /**
     * By the text that the server itself writes and reads, exact for every type; numbers apart, as their text may
     * differ.
     */
    record ByText(String placeholder, Kind kind, Text text) implements KeyReader {
        /** Where the text comes from. */
        @FunctionalInterface
        interface Text {
            /** Null where the row has no value. */
            @Nullable String of(ResultSet row, int index) throws SQLException;
        }

        enum Kind {
            INTEGER,
            NUMBER,
            /** The same value is the same text. */
            TEXT,
            /** The same, but whether the text is read as the value has to be proved. */
            WRITTEN,
            /** One value may have several texts: only the database knows. */
            OTHER
        }

        static ByText ofPostgresql(String typeName, boolean plainTexts) {
            String type = switch (typeName) {
                case "smallserial" -> "int2";
                case "serial" -> "int4";
                case "bigserial" -> "int8";
                default -> typeName;
            };
            Kind kind = switch (type) {
                case "int2", "int4", "int8" -> Kind.INTEGER;
                case "numeric", "float4", "float8" -> Kind.NUMBER;
                case "bool", "date", "timestamp", "timestamptz", "time", "uuid", "bytea", "oid" -> Kind.TEXT;
                case "text", "varchar", "name" -> plainTexts ? Kind.TEXT : Kind.OTHER;
                default -> Kind.OTHER;
            };
            String quoted = type.startsWith("\"") ? type : "\"" + type.replace("\"", "\"\"") + "\"";
            return new ByText("cast(? as " + quoted + ")", kind, ResultSet::getString);
        }

        /** The name of an enum's type is not told, so it is compared as a text. */
        static ByText ofDuckdb(String type) {
            Kind kind = switch (DuckdbValues.kind(type)) {
                case INTEGER -> Kind.INTEGER;
                case BIG, DECIMAL, NUMBER -> Kind.NUMBER;
                case BOOLEAN, BYTES -> Kind.TEXT;
                case DATE, LOCAL, TIMESTAMP, TIME -> Kind.WRITTEN;
                case TIME_WITH_ZONE, JSON, TEXT, OTHER -> Kind.OTHER;
            };
            return new ByText(type.equals("ENUM") ? "?" : "cast(? as " + type + ")", kind, DuckdbValues::written);
        }

        @Override
        public @Nullable Object read(ResultSet row, int index) throws SQLException {
            String value = text.of(row, index);
            if (value == null) {
                return null;
            }
            return switch (kind) {
                case INTEGER -> Long.valueOf(value);
                case NUMBER -> isFinite(value) ? new BigDecimal(value) : value;
                case TEXT, WRITTEN, OTHER -> value;
            };
        }

        private static boolean isFinite(String number) {
            return !number.equals("NaN") && !number.endsWith("Infinity");
        }

        @Override
        public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
            statement.setString(index, value.toString());
        }

        @Override
        public Likeness compare(Object one, Object other) {
            if (one instanceof String written && other instanceof String otherWritten) {
                boolean same = written.equals(otherWritten);
                return same ? Likeness.EQUAL : kind == Kind.OTHER ? Likeness.UNSURE : Likeness.DIFFERENT;
            }
            return KeyValues.compare(one, other);
        }

        @Override
        public Object restored(Object value) {
            return kind == Kind.INTEGER && value instanceof String written ? Long.valueOf(written) : value;
        }

        @Override
        public boolean isExact() {
            return kind == Kind.INTEGER || kind == Kind.TEXT;
        }

        @Override
        public boolean asks() {
            return kind == Kind.OTHER;
        }
    }

    /** By the column's JDBC type. */
    record Other(int type) implements KeyReader {
        @Override
        public @Nullable Object read(ResultSet row, int index) throws SQLException {
            if (type == Types.TIMESTAMP) {
                return row.getObject(index, LocalDateTime.class);
            } else if (type == Types.TIMESTAMP_WITH_TIMEZONE) {
                return row.getObject(index, OffsetDateTime.class);
            } else if (type == Types.DATE) {
                return row.getObject(index, LocalDate.class);
            }
            Object value = row.getObject(index);
            if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
                return ((Number) value).longValue();
            } else if (value instanceof Float real) {
                return real.doubleValue();
            } else if (value instanceof BigInteger integer) {
                return new BigDecimal(integer);
            }
            boolean plain = value instanceof Long
                    || value instanceof Double
                    || value instanceof BigDecimal
                    || value instanceof byte[]
                    || value instanceof UUID;
            return plain ? value : row.getString(index);
        }

        @Override
        public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
            statement.setObject(index, value);
        }

        @Override
        public String placeholder() {
            return "?";
        }

        @Override
        public Likeness compare(Object one, Object other) {
            return one instanceof String text && other instanceof String otherText
                    ? KeyValues.compareAnyTexts(text, otherText)
                    : KeyValues.compare(one, other);
        }
    }
}
