package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.SourceInspector.InspectionException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/*
 * PostgreSQL orders by the operator class of a type, wherever that is, and looks for an operator such as >= along the
 * search_path. An extension's type (citext) whose schema is not on it is ordered in its own way and compared as the
 * type that it can be cast to.
 */
/** Whether PostgreSQL compares a key's values by the operators that it orders them by. */
final class PostgresqlOrder {
    private static final String HIDDEN = """
            select n.nspname
            from pg_catalog.pg_type t
            join pg_catalog.pg_opclass c
              on c.opcintype = case when t.typtype = 'd' then t.typbasetype else t.oid end and c.opcdefault
            join pg_catalog.pg_am m on m.oid = c.opcmethod and m.amname = 'btree'
            join pg_catalog.pg_amop a on a.amopfamily = c.opcfamily
              and a.amoplefttype = c.opcintype and a.amoprighttype = c.opcintype
            join pg_catalog.pg_operator o on o.oid = a.amopopr
            join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
            where t.oid = pg_catalog.pg_typeof(@value) and not pg_catalog.pg_operator_is_visible(o.oid)
            limit 1""";

    private PostgresqlOrder() {}

    static void check(KeyStatements statements) throws SQLException, InspectionException {
        for (int part = 0; part < statements.key().size(); part++) {
            if (statements.type(part).equals("record")) {
                throw new InspectionException(
                        "the key's " + statements.key().get(part).column()
                                + " is a record without a type of its own, which can't be compared with again; name its columns"
                                + " one by one");
            }
            String schema = hiddenIn(statements, part);
            if (schema != null) {
                throw new InspectionException("the key's "
                        + statements.key().get(part).column() + " is of type " + statements.type(part)
                        + ", whose comparisons are in the schema " + schema
                        + " and not on the search_path, so that its values"
                        + " would be compared in another way than they are put in order; add " + schema
                        + " to the search_path of the source's user");
            }
        }
    }

    private static @Nullable String hiddenIn(KeyStatements statements, int part) throws SQLException {
        String sql = HIDDEN.replace("@value", statements.placeholder(part).replace("?", "null"));
        try (PreparedStatement statement = statements.connection().prepare(sql, 1);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
