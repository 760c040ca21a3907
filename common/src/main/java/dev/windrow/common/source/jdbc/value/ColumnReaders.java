package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.source.jdbc.connect.Dialect;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Chooses how a column is read, by the type that its database gives it. */
public final class ColumnReaders {
    private ColumnReaders() {}

    /**
     * A text of a value that is the same wherever it is read, and another for another value; null where there is none.
     * DuckDB's driver writes times by Java's zone.
     */
    public static @Nullable String text(ResultSet row, int index, Dialect dialect) throws SQLException {
        return dialect == Dialect.DUCKDB ? DuckdbValues.written(row, index) : row.getString(index);
    }

    /** @param columns of a statement that has the column at that index */
    public static ColumnReader of(Column column, Dialect dialect, ResultSetMetaData columns, int index)
            throws SQLException {
        boolean utc = column.declared() && column.type() == ColumnType.TIMESTAMP;
        ColumnReader own = switch (dialect) {
            case SQLITE -> throw new IllegalArgumentException("SqliteRow reads SQLite's columns");
            case POSTGRESQL -> PostgresqlValues.reader(columns.getColumnTypeName(index), utc);
            case MARIADB -> MariadbValues.reader(columns, index, utc);
            case DUCKDB -> DuckdbValues.reader(columns, index, utc);
            case H2, OTHER -> OtherValues.reader(columns.getColumnType(index), utc);
        };
        if (!column.declared()) {
            return own;
        }
        DeclaredColumn declared = new DeclaredColumn(column);
        return (row, at, sink) -> own.copy(row, at, declared.into(sink));
    }
}
