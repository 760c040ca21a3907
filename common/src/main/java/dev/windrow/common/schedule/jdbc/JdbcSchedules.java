package dev.windrow.common.schedule.jdbc;

import dev.windrow.common.schedule.Outcome;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.Schedules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The schedules in the status database. */
public final class JdbcSchedules implements Schedules {
    private final JdbcClient writer;
    private final JdbcScheduleRuns.Reading reading;

    /** @param writer on which the transactions are that changes are part of */
    public JdbcSchedules(JdbcClient writer, JdbcScheduleRuns.Reading reading) {
        this.writer = writer;
        this.reading = reading;
    }

    @Override
    public boolean add(Schedule schedule) {
        return update(SchedulesSql.INSERT, values(schedule));
    }

    @Override
    public Optional<Schedule> find(String owner, String name) {
        return reading.of(client -> client.sql(SchedulesSql.FIND)
                .param("owner", owner)
                .param("name", name)
                .query(JdbcSchedules::schedule)
                .optional());
    }

    @Override
    public Optional<Schedule> find(String id) {
        return reading.of(client -> client.sql(SchedulesSql.BY_ID)
                .param("id", id)
                .query(JdbcSchedules::schedule)
                .optional());
    }

    @Override
    public int count(String owner) {
        boolean within = TransactionSynchronizationManager.isActualTransactionActive();
        return within ? count(writer, owner) : reading.of(client -> count(client, owner));
    }

    private static int count(JdbcClient client, String owner) {
        return client.sql(SchedulesSql.COUNT)
                .param("owner", owner)
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Schedule> list(@Nullable String owner, Schedule.@Nullable Identity after, int limit) {
        MapSqlParameterSource values = new MapSqlParameterSource("owner", owner)
                .addValue("afterOwner", after == null ? "" : after.owner())
                .addValue("afterName", after == null ? "" : after.name())
                .addValue("limit", limit);
        return reading.of(client -> client.sql(owner == null ? SchedulesSql.OF_ALL : SchedulesSql.OF_ONE)
                .paramSource(values)
                .query(JdbcSchedules::schedule)
                .list());
    }

    @Override
    public boolean change(Schedule changed) {
        return update(SchedulesSql.CHANGE, values(changed));
    }

    @Override
    public boolean remove(Schedule.Identity identity) {
        MapSqlParameterSource values = new MapSqlParameterSource("id", identity.id());
        if (!update(SchedulesSql.REMOVE, values)) {
            return false;
        }
        new JdbcScheduleRuns(writer, reading).letGo(identity.id(), 0, null);
        writer.sql(SchedulesSql.FORGET_ALL).paramSource(values).update();
        return true;
    }

    @Override
    public List<Schedule> due(Instant now, int limit) {
        return reading.of(client -> client.sql(SchedulesSql.DUE)
                .param("now", now.toEpochMilli())
                .param("limit", limit)
                .query(JdbcSchedules::schedule)
                .list());
    }

    @Override
    public boolean turn(Schedule seen, @Nullable Instant next, Schedule.@Nullable Last last) {
        MapSqlParameterSource values = new MapSqlParameterSource(
                        "id", seen.identity().id())
                .addValue("revision", seen.revision())
                .addValue("seen", JdbcScheduleRuns.millis(seen.times().next()), Types.BIGINT)
                .addValue("next", JdbcScheduleRuns.millis(next), Types.BIGINT);
        if (last == null) {
            return update(SchedulesSql.TURN, values);
        }
        Schedule.Fault fault = last.fault();
        values.addValue("lastDue", last.due().toEpochMilli())
                .addValue("lastAt", last.at().toEpochMilli())
                .addValue("lastOutcome", last.outcome().id())
                .addValue("lastExport", last.export(), Types.VARCHAR)
                .addValue("lastType", fault == null ? null : fault.type(), Types.VARCHAR)
                .addValue("lastDetail", fault == null ? null : fault.detail().replace('\0', '?'), Types.VARCHAR);
        return update(SchedulesSql.TURN_AND_TELL, values);
    }

    private boolean update(String sql, MapSqlParameterSource values) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Schedules are changed within a transaction");
        }
        return writer.sql(sql).paramSource(values).update() == 1;
    }

    private static MapSqlParameterSource values(Schedule schedule) {
        Schedule.Plan plan = schedule.plan();
        return new MapSqlParameterSource("id", schedule.identity().id())
                .addValue("owner", schedule.identity().owner())
                .addValue("name", schedule.identity().name())
                .addValue("dataset", plan.dataset())
                .addValue("cron", plan.cron())
                .addValue("zone", plan.zone())
                .addValue("start", plan.start())
                .addValue("keep", plan.keep(), Types.INTEGER)
                .addValue("paused", plan.paused() ? 1 : 0)
                .addValue("authority", schedule.authority())
                .addValue("revision", schedule.revision())
                .addValue("created", schedule.times().created().toEpochMilli())
                .addValue("changed", schedule.times().changed().toEpochMilli())
                .addValue("next", JdbcScheduleRuns.millis(schedule.times().next()), Types.BIGINT);
    }

    private static Schedule schedule(ResultSet row, int number) throws SQLException {
        int keep = row.getInt("keep");
        boolean keepsUsual = row.wasNull();
        Schedule.Plan plan = new Schedule.Plan(
                row.getString("dataset"),
                row.getString("cron"),
                row.getString("zone"),
                row.getString("start_body"),
                keepsUsual ? null : keep,
                row.getInt("paused") == 1);
        return new Schedule(
                new Schedule.Identity(row.getString("id"), row.getString("owner"), row.getString("name")),
                plan,
                row.getString("authority"),
                row.getLong("revision"),
                new Schedule.Times(
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("changed_at")),
                        JdbcScheduleRuns.time(row, "next_at")),
                last(row));
    }

    private static Schedule.@Nullable Last last(ResultSet row) throws SQLException {
        String outcome = row.getString("last_outcome");
        if (outcome == null) {
            return null;
        }
        String type = row.getString("last_type");
        String detail = row.getString("last_detail");
        return new Schedule.Last(
                Instant.ofEpochMilli(row.getLong("last_due")),
                Instant.ofEpochMilli(row.getLong("last_at")),
                Outcome.of(outcome),
                row.getString("last_export"),
                type == null || detail == null ? null : new Schedule.Fault(type, detail));
    }
}
