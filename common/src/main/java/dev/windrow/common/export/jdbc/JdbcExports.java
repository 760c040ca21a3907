package dev.windrow.common.export.jdbc;

import dev.windrow.common.access.Grant;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import dev.windrow.common.quota.Weights;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The callers' side of the status table over JDBC. Every call is one statement in autocommit, or a read and one
 * statement.
 */
public final class JdbcExports implements Exports {
    /** Sorts after every id. */
    private static final String AFTER_ALL_IDS = "~";

    private final JdbcClient writer;
    private final JdbcClient reader;
    private final Statements statements;
    private final Clock clock;
    private final FairOrder order;
    private final Supplier<@Nullable String> trace;

    /**
     * The table where everybody has the same share of the workers.
     *
     * @param clock says what is due where a call is not told the time
     */
    public JdbcExports(StatusDatabase database, Clock clock) {
        this(database, clock, Weights.EVEN, () -> null);
    }

    /**
     * The table, with shares and traces.
     *
     * @param weights of the workers' own settings, or positions are off
     * @param trace where the calling thread is in a trace, which what it starts is kept with; null for nowhere
     */
    public JdbcExports(StatusDatabase database, Clock clock, Weights weights, Supplier<@Nullable String> trace) {
        this.trace = trace;
        this.order = new FairOrder(weights);
        this.writer = JdbcClient.create(database.writer());
        this.reader = JdbcClient.create(database.reader());
        this.statements = database.statements();
        this.clock = clock;
    }

    @Override
    public void insert(Export export) {
        MapSqlParameterSource values = Parameters.start(export).addValue("traceparent", trace.get(), Types.VARCHAR);
        if (!statements.change(
                () -> update(ExportSql.INSERT, values), () -> row(export.id()).isPresent())) {
            throw new IllegalStateException("There is an export with the id " + export.id() + " already");
        }
    }

    @Override
    public Optional<Export> find(ExportId id, String owner) {
        MapSqlParameterSource values = Parameters.of(id).addValue("owner", owner);
        return statements.read(() -> one(reader, ExportSql.FIND, values));
    }

    @Override
    public Optional<String> owner(ExportId id) {
        return statements.read(() -> reader.sql(ExportSql.OWNER)
                .paramSource(Parameters.of(id))
                .query(String.class)
                .optional());
    }

    @Override
    public Optional<Export> find(ExportId id) {
        return statements.read(() -> one(reader, ExportSql.BY_ID, Parameters.of(id)));
    }

    @Override
    public Optional<Export> look(ExportId id, String owner) {
        MapSqlParameterSource values = Parameters.of(id).addValue("owner", owner);
        return statements.read(() -> one(reader, ExportSql.LOOK, values));
    }

    @Override
    public List<Listed> list(@Nullable String owner, Filter filter, @Nullable ExportId before, int limit) {
        MapSqlParameterSource values = ListSql.values(owner, filter, clock.millis())
                .addValue("before", before == null ? AFTER_ALL_IDS : before.toString())
                .addValue("limit", limit);
        return statements.read(() -> reader.sql(ListSql.list(owner, filter))
                .paramSource(values)
                .query(ExportRow::listed)
                .list());
    }

    @Override
    public long count(@Nullable String owner, Filter filter) {
        MapSqlParameterSource values = ListSql.values(owner, filter, clock.millis());
        return statements.read(() -> reader.sql(ListSql.count(owner, filter))
                .paramSource(values)
                .query(Long.class)
                .single());
    }

    @Override
    public OptionalInt queuePosition(ExportId id) {
        MapSqlParameterSource values = order.with(Parameters.of(id)).addValue("now", clock.millis());
        return statements.read(
                () -> reader.sql(order.position()).paramSource(values).query(Integer.class).optional().stream()
                        .mapToInt(Integer::intValue)
                        .findAny());
    }

    @Override
    public Map<ExportId, Integer> queuePositions(Collection<ExportId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        MapSqlParameterSource values = order.with(new MapSqlParameterSource("now", clock.millis()))
                .addValue("ids", ids.stream().map(ExportId::toString).toList());
        return statements.read(() -> reader
                .sql(order.positions())
                .paramSource(values)
                .query((row, number) -> Map.entry(ExportRow.id(row), row.getInt("position")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public boolean cancel(ExportId id, String owner, Instant finishedAt) {
        MapSqlParameterSource values =
                Parameters.of(id).addValue("owner", owner).addValue("finishedAt", finishedAt.toEpochMilli());
        return statements.change(
                () -> update(ExportSql.CANCEL, values),
                () -> row(id).filter(row -> row.state() == State.CANCELLED).isPresent());
    }

    @Override
    public boolean endLinks(ExportId id, String owner) {
        MapSqlParameterSource values = Parameters.of(id).addValue("owner", owner);
        // Once too often does no harm.
        return statements.change(() -> update(ExportSql.END_LINKS, values), () -> false);
    }

    @Override
    public Optional<Export> delete(ExportId id, String owner) {
        MapSqlParameterSource values = Parameters.of(id).addValue("owner", owner);
        return statements.changeOnce(() -> one(writer, ExportSql.DELETE, values));
    }

    @Override
    public boolean retry(Export seen, Grant grant, Instant now) {
        MapSqlParameterSource values = Parameters.of(seen.lastClaim())
                .addValue("attempt", seen.attempt())
                .addValue("granted", GrantJson.write(grant))
                .addValue("anew", rowsOf(grant).equals(rowsOf(seen.grant())) ? 0 : 1)
                .addValue("now", now.toEpochMilli())
                .addValue("traceparent", trace.get(), Types.VARCHAR);
        return statements.change(
                () -> update(ExportSql.RETRY, values),
                () -> row(seen.id())
                        .filter(row -> row.attempt() == seen.attempt() + 1)
                        .isPresent());
    }

    /** What the credentials said that queries name: with other claims it is about other rows. */
    private static Map<String, Object> rowsOf(Grant grant) {
        return grant.bearer().claims();
    }

    private int update(String sql, MapSqlParameterSource values) {
        return writer.sql(sql).paramSource(values).update();
    }

    private Optional<Export> row(ExportId id) {
        return one(reader, ExportSql.BY_ID, Parameters.of(id));
    }

    private static Optional<Export> one(JdbcClient client, String sql, MapSqlParameterSource values) {
        return client.sql(sql).paramSource(values).query(ExportRow::read).optional();
    }
}
