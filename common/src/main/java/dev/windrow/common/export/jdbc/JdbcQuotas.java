package dev.windrow.common.export.jdbc;

import dev.windrow.common.quota.Quotas;
import dev.windrow.common.quota.StartRate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Owners' limits, over JDBC. Every call is a statement or two, in the transaction that there is or in autocommit. */
public final class JdbcQuotas implements Quotas {
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /**
     * So near the most, starts that count at once could pass it together. More than the connections of all processes
     * that serve one database.
     */
    private static final int NEAR = 128;

    /** No caller's name is empty. */
    private static final String EVERYBODY = "";

    /** A row that is there is locked by this even where the start is too much. */
    private static final String TAKE_START = """
            insert into start_pace (owner, ahead_to) values (:owner, :now + :step)
            on conflict (owner) do update
            set ahead_to = case when start_pace.ahead_to between :now and :astray then start_pace.ahead_to else :now end + :step
            where case when start_pace.ahead_to between :now and :astray then start_pace.ahead_to else :now end + :step
                <= :most
            """;

    /** Leaves the mark where it is. */
    private static final String HOLD = """
            insert into start_pace (owner, ahead_to) values (:owner, 0)
            on conflict (owner) do update set ahead_to = start_pace.ahead_to
            """;

    private static final String MARK = "select ahead_to from start_pace where owner = :owner";

    private static final String ACTIVE = """
            select (select count(*) from exports where owner = :owner and state = 'queued')
                + (select count(*) from exports where owner = :owner and state = 'running')
            """;

    private static final String WAITING =
            "select count(*) from (select 1 from exports where state = 'queued' limit :enough) as waiting";

    private static final String USE = """
            select hour, row_count, byte_count from hourly_use where owner = :owner and hour >= :since order by hour
            """;

    private final JdbcClient writer;
    private final JdbcClient reader;
    private final Statements statements;

    public JdbcQuotas(StatusDatabase database) {
        this.writer = JdbcClient.create(database.writer());
        this.reader = JdbcClient.create(database.reader());
        this.statements = database.statements();
    }

    @Override
    public boolean takeStart(String owner, @Nullable StartRate rate, Instant now) {
        if (rate == null || rate.perMinute() == 0) {
            hold(owner);
            return rate == null;
        }
        long micros = StartRate.micros(now);
        MapSqlParameterSource values = new MapSqlParameterSource("owner", owner)
                .addValue("now", micros)
                .addValue("astray", StartRate.astray(now))
                .addValue("step", rate.stepMicros())
                .addValue("most", micros + rate.mostAheadMicros());
        return statements.changeOnce(
                        () -> writer.sql(TAKE_START).paramSource(values).update())
                == 1;
    }

    private void hold(String owner) {
        var unused = statements.changeOnce(
                () -> writer.sql(HOLD).param("owner", owner).update());
    }

    @Override
    public long startMark(String owner) {
        return statements.read(() -> client().sql(MARK)
                .param("owner", owner)
                .query(Long.class)
                .optional()
                .orElse(0L));
    }

    @Override
    public int active(String owner) {
        return statements.read(() ->
                client().sql(ACTIVE).param("owner", owner).query(Integer.class).single());
    }

    @Override
    public boolean waitAtMost(int most) {
        int waiting = waiting(most);
        if (waiting > most || waiting <= most - NEAR || !inTransaction()) {
            return waiting <= most;
        }
        hold(EVERYBODY);
        return waiting(most) <= most;
    }

    private int waiting(int most) {
        return statements.read(() -> client().sql(WAITING)
                .param("enough", most + 1L)
                .query(Integer.class)
                .single());
    }

    @Override
    public List<Use> useSince(String owner, Instant since) {
        return statements.read(() -> client().sql(USE)
                .param("owner", owner)
                .param("since", since.toEpochMilli() / HOUR_MILLIS)
                .query((row, number) -> new Use(
                        Instant.ofEpochMilli(row.getLong("hour") * HOUR_MILLIS),
                        row.getLong("row_count"),
                        row.getLong("byte_count")))
                .list());
    }

    /** What a transaction has changed, its own connection alone can see. */
    private JdbcClient client() {
        return inTransaction() ? writer : reader;
    }

    private static boolean inTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive();
    }
}
