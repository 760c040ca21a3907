package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.State;
import dev.windrow.common.export.Warning;
import dev.windrow.common.quota.Weights;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The workers' side of the status table over JDBC. Every call is one statement in autocommit, or a read and one
 * statement.
 */
public final class JdbcRuns implements Runs {
    private final JdbcClient writer;
    private final JdbcClient reader;
    private final Statements statements;
    private final FairOrder order;

    /** Runs in which everybody has the same share of the workers. */
    public JdbcRuns(StatusDatabase database) {
        this(database, Weights.EVEN);
    }

    public JdbcRuns(StatusDatabase database, Weights weights) {
        this.order = new FairOrder(weights);
        this.writer = JdbcClient.create(database.writer());
        this.reader = JdbcClient.create(database.reader());
        this.statements = database.statements();
    }

    @Override
    public Optional<Export> claimNext(String worker, Instant now, Duration lease, Set<String> enginesElsewhere) {
        String next = enginesElsewhere.isEmpty() ? order.next() : order.nextBut(enginesElsewhere.size());
        MapSqlParameterSource candidates =
                order.with(Parameters.engines(enginesElsewhere)).addValue("now", now.toEpochMilli());
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
        MapSqlParameterSource values = Parameters.cutoff(Parameters.of(claim), cutoff);
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
        MapSqlParameterSource values =
                Parameters.checkpoint(Parameters.figures(claim, progress, leaseUntil), checkpoint);
        return repeat(ExportSql.CHECKPOINT, values);
    }

    @Override
    public boolean replicate(Claim claim, Checkpoint.@Nullable Replica replica) {
        MapSqlParameterSource values = Parameters.of(claim)
                .addValue("replica", replica == null ? null : ExportJson.write(replica), Types.VARCHAR);
        return repeat(ExportSql.REPLICATE, values);
    }

    @Override
    public boolean trace(Claim claim, String traceparent) {
        return repeat(ExportSql.TRACE, Parameters.of(claim).addValue("traceparent", traceparent));
    }

    @Override
    public boolean adopt(Claim claim, Checkpoint checkpoint) {
        return repeat(ExportSql.ADOPT, Parameters.checkpoint(Parameters.of(claim), checkpoint));
    }

    @Override
    public boolean intend(
            Claim claim, Artifact artifact, List<Warning> warnings, @Nullable Cutoff cutoff, Instant leaseUntil) {
        MapSqlParameterSource values = Parameters.of(claim)
                .addValue("intent", ExportJson.write(artifact))
                .addValue("store", artifact.store(), Types.VARCHAR)
                .addValue("warnings", warnings.isEmpty() ? null : ExportJson.writeWarnings(warnings), Types.VARCHAR)
                .addValue("leaseUntil", leaseUntil.toEpochMilli());
        return repeat(ExportSql.INTEND, Parameters.cutoff(values, cutoff));
    }

    @Override
    public boolean complete(Claim claim, Artifact artifact, Progress progress, Instant finishedAt, Instant expiresAt) {
        MapSqlParameterSource values = Parameters.figures(claim, progress, finishedAt)
                .addValue("bytes", artifact.bytes())
                .addValue("artifact", ExportJson.write(artifact))
                .addValue("store", artifact.store(), Types.VARCHAR)
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
    public Optional<Export> find(ExportId id) {
        return statements.read(() -> row(id));
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
