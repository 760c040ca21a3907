package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.Bindings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/*
 * A plan is one for any values (plan_cache_mode), as the samples are not those of an export. It is also one of what can
 * be done rather than of what is best today: what the server chooses for its present row counts is its own affair, and
 * that no index can give an order is a fact.
 */
/** Asks PostgreSQL how it would run a statement, without running it. */
final class PostgresqlExplain {
    private static final Logger log = LoggerFactory.getLogger(PostgresqlExplain.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> ANY_VALUES =
            List.of("plan_cache_mode = force_generic_plan", "max_parallel_workers_per_gather = 0");

    /** What makes a plan tell one thing. */
    enum Aim {
        /** Whether an index can give the order. */
        ORDER,
        /** What is filtered: an index that implies a condition would not show it. */
        FILTERS,
        /** What no row can fulfil. */
        CONTRADICTIONS;

        private List<String> settings() {
            return switch (this) {
                case ORDER -> List.of("enable_seqscan = off", "enable_bitmapscan = off", "enable_sort = off");
                case FILTERS ->
                    List.of("enable_indexscan = off", "enable_indexonlyscan = off", "enable_bitmapscan = off");
                case CONTRADICTIONS -> List.of("constraint_exclusion = on");
            };
        }
    }

    private final LentConnection connection;
    private final List<String> types = new ArrayList<>();
    private final String query;

    private PostgresqlExplain(LentConnection connection, SampledQuery query) {
        this.connection = connection;
        StringBuilder numbered = new StringBuilder(query.sql().texts().get(0));
        for (int i = 0; i < query.sql().parameters().size(); i++) {
            List<String> numbers = new ArrayList<>();
            for (Object sample : samples(query, i)) {
                types.add(type(sample));
                numbers.add("$" + types.size());
            }
            numbered.append(String.join(", ", numbers))
                    .append(query.sql().texts().get(i + 1));
        }
        this.query = numbered.toString();
    }

    private static List<Object> samples(SampledQuery query, int use) {
        Object sample = Objects.requireNonNull(
                query.samples().get(query.sql().parameters().get(use)));
        List<Object> samples = sample instanceof Collection<?> several ? List.copyOf(several) : List.of(sample);
        return query.sql().asksOnlyWhetherNull(use) ? samples.subList(0, 1) : samples;
    }

    /** Empty where a question mark in the query makes it unclear what the server would be sent. */
    static Optional<PostgresqlExplain> of(LentConnection connection, SampledQuery query) {
        boolean unclear = query.sql().texts().stream().anyMatch(text -> text.indexOf('?') >= 0);
        return unclear ? Optional.empty() : Optional.of(new PostgresqlExplain(connection, query));
    }

    /** As {@link Bindings} has them typed. */
    private static String type(Object sample) {
        if (sample instanceof Long) {
            return "int8";
        } else if (sample instanceof BigDecimal) {
            return "numeric";
        }
        return sample instanceof Boolean ? "bool" : "varchar";
    }

    /** The operator's query with {@code $1}, {@code $2} for its parameters. */
    String query() {
        return query;
    }

    /** How many parameters the query has. */
    int own() {
        return types.size();
    }

    /**
     * The plan of a statement; empty when the server can't make one that holds for all values. Ends the transaction.
     *
     * @param texts how many more parameters the statement has after the query's own, all of them texts
     */
    Optional<JsonNode> plan(Aim aim, String sql, int texts) throws SQLException {
        List<String> all = concat(types, Collections.nCopies(texts, "varchar"));
        connection.endTransaction();
        Connection jdbc = connection.connection();
        try (Statement statement = jdbc.createStatement()) {
            for (String setting : concat(ANY_VALUES, aim.settings())) {
                statement.execute("set local " + setting);
            }
            statement.execute("prepare windrow_plan" + inBrackets(all) + " as " + sql);
            try {
                List<String> nulls = Collections.nCopies(all.size(), "null");
                return Optional.of(explain(statement, "execute windrow_plan" + inBrackets(nulls)));
            } finally {
                connection.endTransaction();
                statement.execute("deallocate windrow_plan");
            }
        } catch (SQLException e) {
            log.debug("PostgreSQL makes no plan for any values", e);
            return Optional.empty();
        } finally {
            connection.endTransaction();
        }
    }

    private static List<String> concat(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static String inBrackets(List<String> words) {
        return words.isEmpty() ? "" : "(" + String.join(", ", words) + ")";
    }

    private static JsonNode explain(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery("explain (format json, verbose) " + sql)) {
            rows.next();
            return JSON.readTree(rows.getString(1)).path(0).path("Plan");
        }
    }

    /** All nodes of a plan, the outer ones first. */
    static List<JsonNode> nodes(JsonNode plan) {
        List<JsonNode> nodes = new ArrayList<>();
        nodes.add(plan);
        for (JsonNode child : plan.path("Plans")) {
            nodes.addAll(nodes(child));
        }
        return nodes;
    }

    static String type(JsonNode node) {
        return node.path("Node Type").asString("");
    }

    static String text(JsonNode node, String property) {
        return node.path(property).asString("");
    }

    /** Whether a query of the server's own tables has a row. */
    boolean gives(String sql, Map<Integer, String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepare(sql, 1)) {
            for (Map.Entry<Integer, String> value : values.entrySet()) {
                statement.setString(value.getKey(), value.getValue());
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
