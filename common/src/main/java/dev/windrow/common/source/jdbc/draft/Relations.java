package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists the tables and views of a database that are its users' own. */
final class Relations {
    private static final Set<String> TABLES = Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE", "FOREIGN TABLE");
    private static final Set<String> VIEWS = Set.of("VIEW", "MATERIALIZED VIEW");
    private static final Set<String> SYSTEM =
            Set.of("information_schema", "pg_catalog", "sys", "mysql", "performance_schema");

    /** Tables behind a virtual table, such as those of an index of full text. */
    private static final String SQLITE_SHADOWS =
            "select null, name, 'skip' from pragma_table_list where schema = 'main' and type = 'shadow'";

    /* Partitions are read with their parent. The driver tells neither these nor what a role may read. */
    private static final String POSTGRESQL_SPECIAL = """
            select n.nspname, c.relname, case
                when c.relispartition then 'skip'
                when not (pg_catalog.has_schema_privilege(n.oid, 'usage')
                    and (pg_catalog.has_table_privilege(c.oid, 'select') or not exists (
                        select 1 from pg_catalog.pg_attribute a
                        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                            and not pg_catalog.has_column_privilege(c.oid, a.attnum, 'select'))))
                    then 'the user of the source may not read it; grant select on it'
                when not c.relispopulated then 'it has no rows yet; refresh the materialized view'
                when c.relkind = 'r' and exists (select 1 from pg_catalog.pg_inherits i where i.inhparent = c.oid)
                    then 'other tables inherit from it, and no key keeps their rows apart from its own'
                        || '; write its dataset with "from only", or with a key over all of them'
                end
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f')""";

    private Relations() {}

    /** In the order of their names. */
    static List<Relation> of(LentConnection connection) throws SQLException {
        Map<Named, String> special = special(connection);
        List<Relation> relations = new ArrayList<>();
        Set<Named> seen = new HashSet<>();
        try (ResultSet tables = connection
                .connection()
                .getMetaData()
                .getTables(connection.connection().getCatalog(), null, "%", null)) {
            while (tables.next()) {
                String type = String.valueOf(tables.getString("TABLE_TYPE")).toUpperCase(Locale.ROOT);
                String schema = tables.getString("TABLE_SCHEM");
                Named named = new Named(schema, tables.getString("TABLE_NAME"));
                String reason = special.get(named);
                boolean ours =
                        (TABLES.contains(type) || VIEWS.contains(type)) && !isSystem(schema) && !"skip".equals(reason);
                if (ours && seen.add(named)) {
                    relations.add(new Relation(
                            tables.getString("TABLE_CAT"), schema, named.name(), VIEWS.contains(type), reason));
                }
            }
        }
        relations.sort(Comparator.comparing(Relation::label).thenComparing(Relation::name));
        return relations;
    }

    private record Named(@Nullable String schema, String name) {}

    private static boolean isSystem(@Nullable String schema) {
        return schema != null && SYSTEM.contains(schema.toLowerCase(Locale.ROOT));
    }

    private static Map<Named, String> special(LentConnection connection) throws SQLException {
        Optional<String> sql = switch (connection.dialect()) {
            case SQLITE -> Optional.of(SQLITE_SHADOWS);
            case POSTGRESQL -> Optional.of(POSTGRESQL_SPECIAL);
            case MARIADB, H2, DUCKDB, OTHER -> Optional.empty();
        };
        Map<Named, String> special = new HashMap<>();
        if (sql.isPresent()) {
            try (PreparedStatement statement = connection.connection().prepareStatement(sql.get());
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String reason = rows.getString(3);
                    if (reason != null) {
                        special.put(new Named(rows.getString(1), rows.getString(2)), reason);
                    }
                }
            }
        }
        return special;
    }
}
