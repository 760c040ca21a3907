package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.State;
import dev.windrow.common.export.Warning;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The status table over JDBC. Every call is one statement in autocommit, or a read and one statement. */
public final class JdbcExports implements Exports {
    /** Sorts after every id. */
    private static final String AFTER_ALL_IDS = "~";

    private final JdbcClient writer;
    private final JdbcClient reader;
    private final Statements statements;
    private final Clock clock;

    /** @param clock says what is due where a call is not told the time */
    public JdbcExports(StatusDatabase database, Clock clock) {
        this.writer = JdbcClient.create(database.writer());
        this.reader = JdbcClient.create(database.reader());
        this.statements = database.statements();
        this.clock = clock;
    }

    @Override
    public void insert(Export export) {
        MapSqlParameterSource values = Parameters.start(export);
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
    public Optional<Export> find(ExportId id) {
        return statements.read(() -> one(reader, ExportSql.BY_ID, Parameters.of(id)));
    }

    @Override
    public Optional<Export> look(ExportId id, String owner) {
        MapSqlParameterSource values = Parameters.of(id).addValue("owner", owner);
        return statements.read(() -> one(reader, ExportSql.LOOK, values));
    }

    @Override
    public List<Listed> list(String owner, Filter filter, @Nullable ExportId before, int limit) {
        State state = filter.state();
        MapSqlParameterSource values = new MapSqlParameterSource("owner", owner)
                .addValue("before", before == null ? AFTER_ALL_IDS : before.toString())
                .addValue("state", state == null ? null : state.id(), Types.VARCHAR)
                .addValue("dataset", filter.dataset(), Types.VARCHAR)
                .addValue("now", clock.millis())
                .addValue("longest", LISTED_PARAMETERS)
                .addValue("limit", limit);
        return statements.read(() -> reader.sql(ExportSql.LIST)
                .paramSource(values)
                .query(ExportRow::listed)
                .list());
    }

    @Override
    public OptionalInt queuePosition(ExportId id) {
        MapSqlParameterSource values = Parameters.of(id).addValue("now", clock.millis());
        return statements.read(
                () -> reader.sql(ExportSql.POSITION).paramSource(values).query(Integer.class).optional().stream()
                        .mapToInt(Integer::intValue)
                        .findAny());
    }

    @Override
    public Map<ExportId, Integer> queuePositions(Collection<ExportId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        MapSqlParameterSource values = new MapSqlParameterSource("now", clock.millis())
                .addValue("ids", ids.stream().map(ExportId::toString).toList());
        return statements.read(() -> reader
                .sql(ExportSql.POSITIONS)
                .paramSource(values)
                .query((row, number) -> Map.entry(ExportRow.id(row), row.getInt("position")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Optional<Export> claimNext(String worker, Instant now, Duration lease, Set<String> enginesElsewhere) {
        String next = enginesElsewhere.isEmpty() ? ExportSql.NEXT : ExportSql.nextBut(enginesElsewhere.size());
        MapSqlParameterSource candidates = Parameters.engines(enginesElsewhere).addValue("now", now.toEpochMilli());
        while (true) {
            Optional<Claim> last = statements.read(() -> reader.sql(next)
                    .paramSource(candidates)
                    .query((row, number) -> new Claim(ExportRow.id(row), row.getLong("claim")))
                    .optional());
            if (last.isEmpty()) {
                return Optional.empty();
            }
            MapSqlParameterSource values = Parameters.of(last.get())
                    .addValue("worker", Parameters.text(worker))
                    .addValue("now", now.toEpochMilli())
                    .addValue("leaseUntil", now.plus(lease).toEpochMilli());
            // If the answer is lost, nobody can tell whose claim it was: the lease will lapse.
            Optional<Export> claimed = statements.changeOnce(() -> one(writer, ExportSql.CLAIM, values));
            if (claimed.isPresent()) {
                return claimed;
            }
        }
    }

    @Override
    public boolean fixCutoff(Claim claim, Cutoff cutoff) {
        MapSqlParameterSource values = Parameters.of(claim).addValue("cutoff", ExportJson.write(cutoff));
        return change(
                claim,
                ExportSql.FIX_CUTOFF,
                values,
                row -> cutoff.equals(row.run().cutoff()));
    }

    @Override
    public boolean progress(Claim claim, Progress progress, Instant leaseUntil) {
        MapSqlParameterSource values = Parameters.figures(claim, progress, leaseUntil);
        return repeat(ExportSql.PROGRESS, values);
    }

    @Override
    public boolean checkpoint(Claim claim, Checkpoint checkpoint, Progress progress, Instant leaseUntil) {
        MapSqlParameterSource values = Parameters.figures(claim, progress, leaseUntil)
                .addValue("checkpoint", ExportJson.write(checkpoint))
                .addValue("checkpointRows", checkpoint.rows())
                .addValue("checkpointLength", checkpoint.length());
        return repeat(ExportSql.CHECKPOINT, values);
    }

    @Override
    public boolean intend(
            Claim claim, Artifact artifact, List<Warning> warnings, @Nullable Cutoff cutoff, Instant leaseUntil) {
        MapSqlParameterSource values = Parameters.of(claim)
                .addValue("intent", ExportJson.write(artifact))
                .addValue("warnings", warnings.isEmpty() ? null : ExportJson.writeWarnings(warnings), Types.VARCHAR)
                .addValue("cutoff", cutoff == null ? null : ExportJson.write(cutoff), Types.VARCHAR)
                .addValue("leaseUntil", leaseUntil.toEpochMilli());
        return repeat(ExportSql.INTEND, values);
    }

    @Override
    public boolean complete(Claim claim, Artifact artifact, Progress progress, Instant finishedAt, Instant expiresAt) {
        MapSqlParameterSource values = Parameters.figures(claim, progress, finishedAt)
                .addValue("bytes", artifact.bytes())
                .addValue("artifact", ExportJson.write(artifact))
                .addValue("finishedAt", finishedAt.toEpochMilli())
                .addValue("expiresAt", expiresAt.toEpochMilli());
        return change(claim, ExportSql.COMPLETE, values, row -> row.state() == State.COMPLETED);
    }

    @Override
    public boolean fail(Claim claim, Failure failure, Instant finishedAt) {
        MapSqlParameterSource values =
                Parameters.failure(claim, failure).addValue("finishedAt", finishedAt.toEpochMilli());
        return change(claim, ExportSql.FAIL, values, row -> row.state() == State.FAILED);
    }

    @Override
    public boolean tryAgain(Claim claim, Failure failure, Instant notBefore) {
        return requeue(ExportSql.TRY_AGAIN, claim, failure, notBefore);
    }

    @Override
    public boolean tryAnew(Claim claim, Failure failure, Instant notBefore) {
        return requeue(ExportSql.TRY_ANEW, claim, failure, notBefore);
    }

    private boolean requeue(String sql, Claim claim, Failure failure, Instant notBefore) {
        MapSqlParameterSource values =
                Parameters.failure(claim, failure).addValue("notBefore", notBefore.toEpochMilli());
        return change(claim, sql, values, row -> row.state() == State.QUEUED);
    }

    @Override
    public boolean handOver(Claim claim) {
        return change(claim, ExportSql.HAND_OVER, Parameters.of(claim), row -> row.state() == State.QUEUED);
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
        return repeat(ExportSql.END_LINKS, Parameters.of(id).addValue("owner", owner));
    }

    @Override
    public Optional<Export> delete(ExportId id, String owner) {
        MapSqlParameterSource values = Parameters.of(id).addValue("owner", owner);
        return statements.changeOnce(() -> one(writer, ExportSql.DELETE, values));
    }

    @Override
    public List<ExportId> due(Instant now, int limit) {
        return statements.read(() -> reader.sql(ExportSql.DUE)
                .param("now", now.toEpochMilli())
                .param("limit", limit)
                .query((row, number) -> ExportRow.id(row))
                .list());
    }

    @Override
    public boolean retry(Export seen, Instant now) {
        MapSqlParameterSource values = Parameters.of(seen.lastClaim())
                .addValue("attempt", seen.attempt())
                .addValue("now", now.toEpochMilli());
        return statements.change(
                () -> update(ExportSql.RETRY, values),
                () -> row(seen.id())
                        .filter(row -> row.attempt() == seen.attempt() + 1)
                        .isPresent());
    }

    /** A change that gives the same row however often it is made, so that a doubtful one is simply made again. */
    private boolean repeat(String sql, MapSqlParameterSource values) {
        return statements.change(() -> update(sql, values), () -> false);
    }

    /** A change that can be made once. The same claim's row in the state that it leads to is the proof that it was. */
    private boolean change(Claim claim, String sql, MapSqlParameterSource values, Predicate<Export> landed) {
        return statements.change(
                () -> update(sql, values),
                () -> row(claim.id())
                        .filter(row -> row.lastClaim().number() == claim.number())
                        .filter(landed)
                        .isPresent());
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
