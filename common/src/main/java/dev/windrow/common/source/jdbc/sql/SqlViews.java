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

/**
 * The views of a database that a query names, and those that these name; of PostgreSQL its functions too. Of other
 * databases none.
 */
final class SqlViews {
    private static final String SQLITE = "select name, sql, 1 from sqlite_schema where type = 'view'";

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

    private SqlViews(LentConnection connection) {
        this.connection = connection;
    }

    static SqlViews of(LentConnection connection, SqlText query) throws SQLException {
        SqlViews found = new SqlViews(connection);
        if (connection.dialect() != Dialect.OTHER) {
            found.take(query.names());
        }
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

    private void take(List<String> names) throws SQLException {
        List<String> unknown =
                names.stream().filter(name -> !views.containsKey(name)).toList();
        Set<String> next = new LinkedHashSet<>();
        if (unknown.isEmpty()) {
            return;
        }
        definitions(unknown).forEach((name, sql) -> {
            SqlText text = SqlText.of(sql, connection.dialect());
            views.put(name, text);
            next.addAll(text.names());
        });
        take(List.copyOf(next));
    }

    private Map<String, String> definitions(List<String> names) throws SQLException {
        boolean sqlite = connection.dialect() == Dialect.SQLITE;
        Map<String, String> definitions = new HashMap<>();
        try (PreparedStatement statement = connection.connection().prepareStatement(sqlite ? SQLITE : POSTGRESQL)) {
            if (!sqlite) {
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
