package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.SourceInspector.Remark;
import dev.windrow.common.source.jdbc.PostgresqlExplain.Aim;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        boolean many = all.get().path("Plan Rows").asDouble(0) >= MANY;
        return List.of(remark(plan.get(), many, server.own()));
    }

    private static boolean isUnderstood(JsonNode plan) {
        return PostgresqlExplain.nodes(plan).stream()
                .allMatch(node -> UNDERSTOOD.contains(PostgresqlExplain.type(node)));
    }

    private Remark remark(JsonNode plan, boolean many, int own) {
        boolean entered = isEntered(plan, own);
        if (has(plan, COMPUTES) && !entered) {
            return remark(many, "groups, ranks or gathers all rows at each of its entries");
        } else if (has(plan, Set.of("Sort"))) {
            return remark(many, "sorts all rows at each of its entries" + mend());
        } else if (!entered) {
            return remark(many, "walks over all rows before the position at each of its entries" + mend());
        }
        String sorts = has(plan, Set.of("Incremental Sort"))
                ? ", and sorts the rows that are equal in the key's first columns"
                : "";
        return Remark.information("can enter an index at the position" + sorts);
    }

    private static Remark remark(boolean many, String text) {
        return many ? Remark.warning(text) : Remark.information(text);
    }

    private static boolean has(JsonNode plan, Set<String> types) {
        return PostgresqlExplain.nodes(plan).stream().anyMatch(node -> types.contains(PostgresqlExplain.type(node)));
    }

    private String mend() {
        String columns = statements.key().stream()
                .map(part -> part.column() + (part.descending() ? " desc" : ""))
                .collect(Collectors.joining(", "));
        return "; an index that begins with the columns held to one value, and goes on with " + columns
                + ", would spare that";
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
