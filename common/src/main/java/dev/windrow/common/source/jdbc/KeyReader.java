package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
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

/** Takes one part of the key from a row, and puts it into a later statement so that it means the same to the database. */
interface KeyReader {
    /** The part's value; null where the row has none. */
    @Nullable Object read(ResultSet row, int index) throws SQLException, SourceException;

    void bind(PreparedStatement statement, int index, Object value) throws SQLException;

    /** What stands in SQL for a value of the part. */
    String placeholder();

    /** @param columns of a statement that has the part at that index; not asked for SQLite, where each value has its own type */
    static KeyReader of(Dialect dialect, ResultSetMetaData columns, int index) throws SQLException {
        return switch (dialect) {
            case SQLITE -> new Sqlite();
            case POSTGRESQL -> Postgresql.of(columns.getColumnTypeName(index));
            case OTHER -> new Other(columns.getColumnType(index));
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
                throw new SourceException(Kind.QUERY, "A key holds text that is not valid Unicode.");
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
    }

    /** By the text that the server itself writes and reads, exact for every type; numbers apart, as their text may differ. */
    record Postgresql(String placeholder, boolean number) implements KeyReader {
        static Postgresql of(String typeName) {
            String type = switch (typeName) {
                case "smallserial" -> "int2";
                case "serial" -> "int4";
                case "bigserial" -> "int8";
                default -> typeName;
            };
            boolean number = type.equals("numeric") || type.equals("float4") || type.equals("float8");
            String quoted = type.startsWith("\"") ? type : "\"" + type.replace("\"", "\"\"") + "\"";
            return new Postgresql("cast(? as " + quoted + ")", number);
        }

        @Override
        public @Nullable Object read(ResultSet row, int index) throws SQLException {
            String text = row.getString(index);
            return text != null && number && isFinite(text) ? new BigDecimal(text) : text;
        }

        private static boolean isFinite(String number) {
            return !number.equals("NaN") && !number.endsWith("Infinity");
        }

        @Override
        public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
            statement.setString(index, value.toString());
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
    }
}
