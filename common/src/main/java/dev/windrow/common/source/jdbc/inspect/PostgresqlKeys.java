package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.SourceInspector.Remark;
import dev.windrow.common.catalog.SourceInspector.Uniqueness;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.inspect.PostgresqlExplain.Aim;
import dev.windrow.common.source.jdbc.sql.Bindings;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/*
 * The planner itself proves what is unique: it leaves out a left join of which nothing is asked and that finds one row
 * at most. That counts primary keys, what the query compares with a parameter, distinct and group by, and leaves out
 * indexes that are invalid, of some rows only, or checked at the end of a transaction.
 */
/** What PostgreSQL's schema says of a key's values: whether they are unique, and whether they may be null. */
final class PostgresqlKeys {
    private static final String UNIQUE_INDEX = """
            select 1 from pg_catalog.pg_index i
            join pg_catalog.pg_class c on c.oid = i.indrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and i.indisunique""";

    private final KeyStatements statements;
    /** Null where the server can't be asked. */
    private final @Nullable PostgresqlExplain server;

    PostgresqlKeys(KeyStatements statements, SampledQuery query) {
        this.statements = statements;
        this.server = PostgresqlExplain.of(statements.connection(), query).orElse(null);
    }

    Uniqueness uniqueness() throws SQLException {
        return server == null ? Uniqueness.UNKNOWN : uniqueness(server);
    }

    private Uniqueness uniqueness(PostgresqlExplain server) throws SQLException {
        String rows = "\nfrom (\n" + server.query() + "\n) d";
        String join = " left join (\n" + server.query() + "\n) q on " + sameKey();
        Optional<JsonNode> alone = server.plan(Aim.FILTERS, "select 1" + rows, 0);
        Optional<JsonNode> joined = server.plan(Aim.FILTERS, "select 1" + rows + join, 0);
        if (alone.isEmpty() || joined.isEmpty()) {
            return Uniqueness.UNKNOWN;
        } else if (nodes(alone.get()) == nodes(joined.get())) {
            return Uniqueness.UNIQUE;
        }
        return hasNoIndex(server, alone.get()) ? Uniqueness.NOT_UNIQUE : Uniqueness.UNKNOWN;
    }

    private String sameKey() {
        return IntStream.range(0, statements.key().size())
                .mapToObj(part -> statements.column(part) + " = d"
                        + statements.column(part).substring(1))
                .collect(Collectors.joining(" and "));
    }

    private static int nodes(JsonNode plan) {
        return PostgresqlExplain.nodes(plan).size();
    }

    /**
     * Where the rows are those of one table, and either all of them or without a unique index that some filter might
     * complete.
     */
    private static boolean hasNoIndex(PostgresqlExplain server, JsonNode plan) throws SQLException {
        if (!PostgresqlExplain.type(plan).equals("Seq Scan") || plan.has("Plans")) {
            return false;
        }
        String which = plan.has("Filter") ? "" : " and not i.indimmediate";
        Map<Integer, String> table =
                Map.of(1, PostgresqlExplain.text(plan, "Schema"), 2, PostgresqlExplain.text(plan, "Relation Name"));
        return !server.gives(UNIQUE_INDEX + which, table);
    }

    /** Of each part of the key that is a column without {@code not null}, unless the query keeps nulls out. */
    List<Remark> nullable() throws SQLException {
        List<Remark> remarks = new ArrayList<>();
        for (int part = 0; part < statements.key().size(); part++) {
            if (server != null && isDeclaredNullable(part) && mayBeNull(server, part)) {
                remarks.add(
                        Remark.warning(
                                "the key's " + statements.key().get(part).column()
                                        + " may be null, as its column is not declared not null; a row without it would fail an export"));
            }
        }
        return remarks;
    }

    private boolean isDeclaredNullable(int part) throws SQLException {
        try (PreparedStatement statement =
                statements.connection().prepare(statements.from(statements.column(part)), 1)) {
            Bindings.bind(statement, 1, statements.query().values(), Dialect.POSTGRESQL);
            return statement.getMetaData().isNullable(1) == ResultSetMetaData.columnNullable;
        }
    }

    /** The planner knows of conditions that no null passes: then it would read nothing at all. */
    private boolean mayBeNull(PostgresqlExplain server, int part) throws SQLException {
        String nulls = "select 1 from (\n" + server.query() + "\n) q where " + statements.column(part) + " is null";
        Optional<JsonNode> plan = server.plan(Aim.CONTRADICTIONS, nulls, 0);
        return plan.isPresent()
                && PostgresqlExplain.nodes(plan.get()).stream()
                        .anyMatch(node -> PostgresqlExplain.type(node).endsWith("Scan"));
    }
}
