package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.source.jdbc.connect.Dialect;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CoreStatement;

/** What a source's own words for a column's type mean. */
public final class ColumnTypes {
    private ColumnTypes() {}

    /** The type of a column, from 1, of the query. */
    public static ColumnType of(PreparedStatement query, ResultSetMetaData columns, int index, Dialect dialect)
            throws SQLException {
        return switch (dialect) {
            case SQLITE -> ofSqlite(declared((CoreStatement) query, index));
            case POSTGRESQL -> ofPostgresql(columns.getColumnTypeName(index));
            case MARIADB -> MariadbValues.type(columns, index);
            case DUCKDB -> DuckdbValues.type(columns.getColumnTypeName(index));
            case H2, OTHER -> ofJdbc(columns.getColumnType(index));
        };
    }

    /** SQLite's own word: its driver makes one up where there is none. */
    private static @Nullable String declared(CoreStatement query, int index) throws SQLException {
        return query.pointer.safeRun((database, statement) -> database.column_decltype(statement, index - 1));
    }

    /**
     * By SQLite's rules of affinity (https://www.sqlite.org/datatype3.html, 3.1), but only as far as they say what the
     * values are: a column declared DATETIME may hold text, seconds or days. BOOLEAN means integers, 0 and 1, and they
     * are written so.
     *
     * @param declared null for an expression and for a column that is declared without a type
     */
    private static ColumnType ofSqlite(@Nullable String declared) {
        if (declared == null) {
            return ColumnType.ANY;
        }
        String type = declared.toUpperCase(Locale.ROOT);
        if (type.contains("INT") || type.startsWith("BOOL")) {
            return ColumnType.INTEGER;
        }
        if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
            return ColumnType.STRING;
        }
        if (type.contains("BLOB")) {
            return ColumnType.BYTES;
        }
        boolean number = type.contains("REAL")
                || type.contains("FLOA")
                || type.contains("DOUB")
                || type.contains("NUMERIC")
                || type.contains("DECIMAL");
        return number ? ColumnType.NUMBER : ColumnType.ANY;
    }

    /** A timestamp without a zone is no moment, and so a text. */
    private static ColumnType ofPostgresql(String type) {
        return switch (type) {
            case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> ColumnType.INTEGER;
            case "float4", "float8", "numeric" -> ColumnType.NUMBER;
            case "bool" -> ColumnType.BOOLEAN;
            case "date" -> ColumnType.DATE;
            case "timestamptz" -> ColumnType.TIMESTAMP;
            case "json", "jsonb" -> ColumnType.JSON;
            case "bytea" -> ColumnType.BYTES;
            default -> ColumnType.STRING;
        };
    }

    private static ColumnType ofJdbc(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ColumnType.INTEGER;
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL -> ColumnType.NUMBER;
            case Types.BOOLEAN, Types.BIT -> ColumnType.BOOLEAN;
            case Types.DATE -> ColumnType.DATE;
            case Types.TIMESTAMP_WITH_TIMEZONE -> ColumnType.TIMESTAMP;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> ColumnType.BYTES;
            default -> ColumnType.STRING;
        };
    }

    /** Whether every value of the JDBC type is short. */
    public static boolean isNarrow(int type) {
        return switch (type) {
            case Types.BIT,
                    Types.BOOLEAN,
                    Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.NUMERIC,
                    Types.DECIMAL,
                    Types.DATE,
                    Types.TIME,
                    Types.TIME_WITH_TIMEZONE,
                    Types.TIMESTAMP,
                    Types.TIMESTAMP_WITH_TIMEZONE -> true;
            default -> false;
        };
    }
}
