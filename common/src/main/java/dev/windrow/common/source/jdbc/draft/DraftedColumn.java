package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.value.ColumnTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A column of a table or view.
 *
 * @param typeName the database's own word, in small letters
 * @param jdbcType of {@link java.sql.Types}
 * @param notNull whether it is declared so; false where that is not known
 * @param table that a view has it from; empty where that is not known
 */
record DraftedColumn(String name, ColumnType type, String typeName, int jdbcType, boolean notNull, String table) {
    /** Has the database prepare a select of all columns, and runs it not. */
    static List<DraftedColumn> of(Connection connection, String relation, Dialect dialect) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select * from " + relation)) {
            ResultSetMetaData metaData = statement.getMetaData();
            List<DraftedColumn> columns = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                columns.add(new DraftedColumn(
                        metaData.getColumnLabel(i),
                        ColumnTypes.of(statement, metaData, i, dialect),
                        String.valueOf(metaData.getColumnTypeName(i)).toLowerCase(Locale.ROOT),
                        metaData.getColumnType(i),
                        metaData.isNullable(i) == ResultSetMetaData.columnNoNulls,
                        String.valueOf(metaData.getTableName(i))));
            }
            return columns;
        }
    }

    /** The same where another way knows whether it is declared so. */
    DraftedColumn declared(boolean known) {
        return new DraftedColumn(name, type, typeName, jdbcType, known, table);
    }
}
