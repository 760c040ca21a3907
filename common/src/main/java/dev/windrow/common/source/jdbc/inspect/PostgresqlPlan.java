package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.SourceInspector.Remark;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.inspect.PostgresqlExplain.Aim;
import dev.windrow.common.source.jdbc.sql.Bindings;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How PostgreSQL can read a query in the order of a key, in the operator's words. Belongs to one connection. */
final class PostgresqlPlan {
    /** Enough for a sort or a scan to be felt. */
    private static final int MANY = 10_000;

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d{1,9})");
    private static final Set<String> COMPUTES = Set.of("Aggregate", "Group", "WindowAgg", "Unique", "SetOp");
    private static final Set<String> UNDERSTOOD = Set.of(
            "Aggregate",
            "Group",
            "WindowAgg",
            "Unique",
            "SetOp",
            "Sort",
            "Incremental Sort",
            "Append",
            "Merge Append",
            "Result",
            "Subquery Scan",
            "Materialize",
            "Memoize",
            "Hash",
            "Nested Loop",
            "Hash Join",
            "Merge Join",
            "Limit",
            "Seq Scan",
            "Index Scan",
            "Index Only Scan");

    private final KeyStatements statements;
    /** Null where the server can't be asked. */
    private final @Nullable PostgresqlExplain server;

    PostgresqlPlan(KeyStatements statements, SampledQuery query) {
        this.statements = statements;
        this.server = PostgresqlExplain.of(statements.connection(), query).orElse(null);
    }

    /** What is known, in at most one sentence. */
    List<Remark> remarks() throws SQLException {
        return server == null ? List.of() : remarks(server);
    }

    private List<Remark> remarks(PostgresqlExplain server) throws SQLException {
        List<String> position = new ArrayList<>();
        for (int part = 0; part < statements.key().size(); part++) {
            position.add(statements.placeholder(part).replace("?", "$" + (server.own() + 1 + part)));
        }
        Optional<JsonNode> plan =
                server.plan(Aim.ORDER, statements.fromPosition(server.query(), position), position.size());
        Optional<JsonNode> all = server.plan(Aim.ORDER, "select * from (\n" + server.query() + "\n) q", 0);
        if (plan.isEmpty() || all.isEmpty() || !isUnderstood(plan.get())) {
            return List.of();
        }
        return List.of(remark(plan.get(), (long) all.get().path("Plan Rows").asDouble(0), server.own()));
    }

    private static boolean isUnderstood(JsonNode plan) {
        return PostgresqlExplain.nodes(plan).stream()
                .allMatch(node -> UNDERSTOOD.contains(PostgresqlExplain.type(node)));
    }

    private Remark remark(JsonNode plan, long rows, int own) throws SQLException {
        boolean entered = isEntered(plan, own);
        if (has(plan, COMPUTES) && !entered) {
            return remark(rows, "groups, ranks or gathers all rows at each of its entries", "");
        } else if (has(plan, Set.of("Sort"))) {
            return remark(rows, "sorts all rows at each of its entries", fix(plan));
        } else if (!entered) {
            return remark(rows, "walks over all rows before the position at each of its entries", fix(plan));
        }
        String sorts = has(plan, Set.of("Incremental Sort"))
                ? ", and sorts the rows that are equal in the key's first columns"
                : "";
        return Remark.information("can enter an index at the position" + sorts);
    }

    private static Remark remark(long rows, String does, String fix) {
        return rows >= MANY
                ? Remark.warning(does + LegLimits.FREE.entries(rows) + fix)
                : Remark.information(does + fix);
    }

    private static boolean has(JsonNode plan, Set<String> types) {
        return PostgresqlExplain.nodes(plan).stream().anyMatch(node -> types.contains(PostgresqlExplain.type(node)));
    }

    /**
     * An index is told where one table is scanned though the server was to avoid that, so that none can give the order,
     * and the key is of that table's own columns.
     */
    private String fix(JsonNode plan) throws SQLException {
        List<JsonNode> scans = PostgresqlExplain.nodes(plan).stream()
                .filter(node -> PostgresqlExplain.type(node).endsWith("Scan"))
                .toList();
        if (scans.size() != 1 || !PostgresqlExplain.type(scans.get(0)).equals("Seq Scan")) {
            return "";
        }
        String table = scans.get(0).path("Relation Name").asString("");
        List<String> columns = new ArrayList<>();
        try (PreparedStatement statement = statements.connection().prepare(statements.from("*"), 1)) {
            Bindings.bind(statement, 1, statements.query().values(), Dialect.POSTGRESQL);
            ResultSetMetaData metaData = statement.getMetaData();
            for (KeyPart part : statements.key()) {
                for (int i = 1; i <= metaData.getColumnCount(); i++) {
                    if (metaData.getColumnLabel(i).equals(part.column())
                            && metaData.getTableName(i).equals(table)
                            && hasColumn(table, part.column())) {
                        columns.add(part.column() + (part.descending() ? " desc" : ""));
                    }
                }
            }
        }
        return columns.size() != statements.key().size()
                ? ""
                : "; an index on " + table + " (" + String.join(", ", columns)
                        + "), before these the columns that the query holds to one value, would spare that";
    }

    /** A column may be called otherwise by the query. */
    private boolean hasColumn(String table, String column) throws SQLException {
        DatabaseMetaData database = statements.connection().connection().getMetaData();
        try (ResultSet found = database.getColumns(null, null, table, column)) {
            return found.next();
        }
    }

    /** Whether each arm of the plan has a scan that begins at the position. */
    private static boolean isEntered(JsonNode node, int own) {
        String type = PostgresqlExplain.type(node);
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode child : node.path("Plans")) {
            if (!child.path("Parent Relationship").asString("").matches("InitPlan|SubPlan")) {
                rows.add(child);
            }
        }
        if (type.equals("Append") || type.equals("Merge Append")) {
            return rows.stream().allMatch(child -> isEntered(child, own));
        }
        return takesPosition(node.path("Index Cond").asString(""), own)
                || rows.stream().anyMatch(child -> isEntered(child, own));
    }

    private static boolean takesPosition(String condition, int own) {
        Matcher parameters = PARAMETER.matcher(condition);
        while (parameters.find()) {
            if (Integer.parseInt(parameters.group(1)) > own) {
                return true;
            }
        }
        return false;
    }
}
