package dev.windrow.common.source.jdbc.draft;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What DuckDB's own tables tell of a table. Its driver names no columns of indexes and no unique constraints, and says
 * of every column of a query that it may be null.
 */
record DuckdbKeys(Connection connection, Relation relation) {
    private static final String MINE =
            "with mine as (select coalesce(?, current_database()) as base, ? as home, ? as name) ";
    private static final String OF_MINE = ", mine where (database_name, schema_name, table_name) = (base, home, name)";

    /** It has none over some rows alone. What is no column but computed stands in parentheses, as in its statement. */
    List<Index> indexes() throws SQLException {
        List<Index> indexes = new ArrayList<>();
        String named = "case when part[1] = '\"' then replace(part[2:-2], '\"\"', '\"') else part end";
        String query = MINE
                + "select true, constraint_column_names from duckdb_constraints()" + OF_MINE
                + " and constraint_type = 'UNIQUE'"
                + " union all select is_unique, list_transform(expressions::varchar[], part -> " + named + ")"
                + " from duckdb_indexes()" + OF_MINE;
        try (PreparedStatement statement = prepared(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                List<@Nullable String> columns = new ArrayList<>();
                for (Object column : (Object[]) rows.getArray(2).getArray()) {
                    columns.add(String.valueOf(column));
                }
                indexes.add(new Index(rows.getBoolean(1), columns));
            }
        }
        return indexes;
    }

    /** The columns, with whether they are declared not null. */
    List<DraftedColumn> declared(List<DraftedColumn> columns) throws SQLException {
        Set<String> notNull = new HashSet<>();
        try (PreparedStatement statement =
                        prepared(MINE + "select column_name from duckdb_columns()" + OF_MINE + " and not is_nullable");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                notNull.add(rows.getString(1));
            }
        }
        return columns.stream()
                .map(column -> column.declared(notNull.contains(column.name())))
                .toList();
    }

    private PreparedStatement prepared(String query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        statement.setString(1, relation.catalog());
        statement.setString(2, relation.schema());
        statement.setString(3, relation.name());
        return statement;
    }
}
