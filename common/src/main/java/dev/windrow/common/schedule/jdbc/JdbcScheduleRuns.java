package dev.windrow.common.schedule.jdbc;

import dev.windrow.common.schedule.ScheduleRun;
import dev.windrow.common.schedule.ScheduleRuns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What schedules have started, in the status database. */
public final class JdbcScheduleRuns implements ScheduleRuns {
    private final JdbcClient writer;
    private final Reading reading;

    /** Runs a query on a connection that reads, and again where the database stumbles. */
    @FunctionalInterface
    public interface Reading {
        <T> T of(Function<JdbcClient, T> query);
    }

    /** @param writer on which the transactions are that changes are part of */
    public JdbcScheduleRuns(JdbcClient writer, Reading reading) {
        this.writer = writer;
        this.reading = reading;
    }

    private record Held(String export, @Nullable Instant usualExpiry) {}

    @Override
    public boolean add(ScheduleRun run) {
        MapSqlParameterSource values = of(run).addValue("schedule", run.schedule())
                .addValue("due", run.due().toEpochMilli())
                .addValue("digest", run.startDigest())
                .addValue("until", millis(run.until()), Types.BIGINT);
        return update(SchedulesSql.ADD_RUN, values) == 1;
    }

    @Override
    public Optional<ScheduleRun> find(String schedule, Instant due) {
        return reading.of(client -> client.sql(SchedulesSql.FIND_RUN)
                .param("schedule", schedule)
                .param("due", due.toEpochMilli())
                .query(JdbcScheduleRuns::run)
                .optional());
    }

    @Override
    public Optional<String> active(String schedule) {
        return reading.of(client -> client.sql(SchedulesSql.ACTIVE)
                .param("schedule", schedule)
                .query(String.class)
                .optional());
    }

    @Override
    public Optional<ScheduleRun> lastCompleted(String schedule, String startDigest) {
        return reading.of(client -> client.sql(SchedulesSql.LAST_COMPLETED)
                .param("schedule", schedule)
                .param("digest", startDigest)
                .query(JdbcScheduleRuns::run)
                .optional());
    }

    @Override
    public Optional<String> latest(String schedule, Instant now) {
        return reading.of(client -> client.sql(SchedulesSql.LATEST)
                .param("schedule", schedule)
                .param("now", now.toEpochMilli())
                .query(String.class)
                .optional());
    }

    @Override
    public boolean hasCompleted(String schedule) {
        return reading.of(client -> client.sql(SchedulesSql.HAS_COMPLETED)
                .param("schedule", schedule)
                .query(String.class)
                .optional()
                .isPresent());
    }

    @Override
    public List<ScheduleRun> ended(int limit) {
        return reading.of(client -> client.sql(SchedulesSql.ENDED)
                .param("limit", limit)
                .query(JdbcScheduleRuns::run)
                .list());
    }

    @Override
    public List<ScheduleRun> ended(String schedule, int limit) {
        return reading.of(client -> client.sql(SchedulesSql.ENDED_OF_ONE)
                .param("schedule", schedule)
                .param("limit", limit)
                .query(JdbcScheduleRuns::run)
                .list());
    }

    @Override
    public boolean settle(ScheduleRun run) {
        return update(SchedulesSql.SETTLE, of(run)) == 1;
    }

    @Override
    public void hold(ScheduleRun run, Instant until) {
        apply(SchedulesSql.HOLD, of(run));
        apply(SchedulesSql.EXPIRE_LATER, of(run).addValue("until", until.toEpochMilli()));
    }

    @Override
    public void letGo(String schedule, int keep, @Nullable Instant expiry) {
        List<Held> held = writer.sql(SchedulesSql.HELD)
                .param("schedule", schedule)
                .query((row, number) -> new Held(row.getString("export"), time(row, "usual_expiry")))
                .list();
        held.stream().skip(keep).forEach(run -> letGo(run, expiry));
    }

    private void letGo(Held run, @Nullable Instant expiry) {
        MapSqlParameterSource values = new MapSqlParameterSource("export", run.export);
        apply(SchedulesSql.LET_GO, values);
        Instant then = expiry == null ? run.usualExpiry : expiry;
        if (then != null) {
            apply(SchedulesSql.EXPIRE_EARLIER, values.addValue("expiry", then.toEpochMilli()));
        }
    }

    @Override
    public void sameAs(ScheduleRun run, String export, Instant expiry) {
        apply(SchedulesSql.SAME_AS, of(run).addValue("same", export));
        apply(SchedulesSql.EXPIRE_EARLIER, of(run).addValue("expiry", expiry.toEpochMilli()));
    }

    @Override
    public int forget() {
        return update(SchedulesSql.FORGET_RUNS, new MapSqlParameterSource());
    }

    private static MapSqlParameterSource of(ScheduleRun run) {
        return new MapSqlParameterSource("export", run.export());
    }

    /** Where it is no matter whether there was anything to change. */
    private void apply(String sql, MapSqlParameterSource values) {
        var unused = update(sql, values);
    }

    private int update(String sql, MapSqlParameterSource values) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Runs of schedules are changed within a transaction");
        }
        return writer.sql(sql).paramSource(values).update();
    }

    static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static ScheduleRun run(ResultSet row, int number) throws SQLException {
        return new ScheduleRun(
                row.getString("schedule"),
                Instant.ofEpochMilli(row.getLong("due_at")),
                row.getString("export"),
                row.getString("start_digest"),
                time(row, "until_at"));
    }
}
