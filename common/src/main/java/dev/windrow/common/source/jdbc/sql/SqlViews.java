package dev.windrow.common.source.jdbc.sql;

import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views of a database that a query names, and those that these name; of PostgreSQL its functions too, and of
 * DuckDB its macros.
 */
final class SqlViews {
    private static final Logger log = LoggerFactory.getLogger(SqlViews.class);
    private static final String SQLITE = "select name, sql, 1 from sqlite_schema where type = 'view'";

    /** A definition that the reader may not see is null. */
    private static final String INFORMATION_SCHEMA =
            "select TABLE_NAME, coalesce(VIEW_DEFINITION, ''), 1 = 1 from INFORMATION_SCHEMA.VIEWS";

    private static final String DUCKDB = """
            select view_name, coalesce(sql, ''), true from duckdb_views() where not internal
            union all
            select function_name, coalesce(macro_definition, ''), true from duckdb_functions()
            where not internal and function_type in ('macro', 'table_macro')""";

    private static final String POSTGRESQL = """
            select c.relname, pg_catalog.pg_get_viewdef(c.oid), c.relkind = 'v'
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('v', 'm') and lower(c.relname) = any (?)
              and n.nspname not in ('pg_catalog', 'information_schema')
            union all
            select p.proname, p.prosrc, false
            from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
            where lower(p.proname) = any (?) and n.nspname not in ('pg_catalog', 'information_schema')""";

    private final LentConnection connection;
    private final Map<String, SqlText> views = new HashMap<>();
    private boolean unplanned;
    private boolean hidden;

    private SqlViews(LentConnection connection) {
        this.connection = connection;
    }

    static SqlViews of(LentConnection connection, SqlText query) throws SQLException {
        SqlViews found = new SqlViews(connection);
        found.take(query.names());
        return found;
    }

    Collection<SqlText> texts() {
        return views.values();
    }

    /** @param name see {@link SqlText#name} */
    boolean have(String name) {
        return views.containsKey(name);
    }

    /** Whether they may have a window function of which no plan tells: in a function, or behind a materialized view. */
    boolean hideWindow() {
        return unplanned && texts().stream().anyMatch(SqlText::hasWindow);
    }

    /** Whether the query names a view of which this reader may not see what it does. */
    boolean areHidden() {
        return hidden;
    }

    private void take(List<String> names) throws SQLException {
        List<String> unknown =
                names.stream().filter(name -> !views.containsKey(name)).toList();
        Set<String> next = new LinkedHashSet<>();
        if (unknown.isEmpty()) {
            return;
        }
        asked(unknown).forEach((name, sql) -> {
            SqlText text = SqlText.of(sql, connection.dialect());
            views.put(name, text);
            next.addAll(text.names());
        });
        take(List.copyOf(next));
    }

    /** A database that has no standard schema of information tells of no views. */
    private Map<String, String> asked(List<String> names) throws SQLException {
        try {
            return definitions(names);
        } catch (SQLException e) {
            if (connection.dialect() != Dialect.OTHER) {
                throw e;
            }
            log.debug("The source does not tell its views", e);
            connection.endTransaction();
            return Map.of();
        }
    }

    private Map<String, String> definitions(List<String> names) throws SQLException {
        Map<String, String> definitions = new HashMap<>();
        String select = switch (connection.dialect()) {
            case SQLITE -> SQLITE;
            case POSTGRESQL -> POSTGRESQL;
            case DUCKDB -> DUCKDB;
            case MARIADB, H2, OTHER -> INFORMATION_SCHEMA;
        };
        try (PreparedStatement statement = connection.connection().prepareStatement(select)) {
            if (connection.dialect() == Dialect.POSTGRESQL) {
                Array any = connection.connection().createArrayOf("text", names.toArray());
                statement.setArray(1, any);
                statement.setArray(2, any);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = SqlText.name(rows.getString(1));
                    if (names.contains(name) && !rows.getBoolean(3)) {
                        unplanned = true;
                    }
                    hidden |= names.contains(name) && rows.getString(2).isBlank();
                    if (names.contains(name)) {
                        // Functions may share one.
                        definitions.merge(name, rows.getString(2), (one, other) -> one + "\n" + other);
                    }
                }
            }
        }
        return definitions;
    }
}
