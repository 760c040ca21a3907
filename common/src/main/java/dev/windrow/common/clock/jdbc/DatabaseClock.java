package dev.windrow.common.clock.jdbc;

import dev.windrow.common.thread.DaemonThreads;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of a PostgreSQL server, in milliseconds. All who share a database share it, whatever the clocks of their
 * machines say: those are never asked. The server is asked every ten seconds; between, and while it is away, the time
 * goes on by {@link System#nanoTime}, which nobody sets. Safe for use by many threads; whoever opens it closes it.
 */
public final class DatabaseClock extends Clock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** In microseconds since 1970: whole numbers are not rounded on their way. */
    private static final String NOW = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

    private static final int ANSWER_MILLIS = 2_000;

    private final DataSource database;
    private final LongSupplier nanos;
    private final ClockSamples samples;
    private final ScheduledExecutorService asking;
    private boolean away;

    private DatabaseClock(DataSource database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
        this.samples = new ClockSamples();
        this.asking = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("windrow-clock"));
    }

    /**
     * Asks the server for the first time.
     *
     * @throws SQLException when it does not say
     */
    public static DatabaseClock open(DataSource database) throws SQLException {
        return open(database, System::nanoTime, PAUSE);
    }

    /** @param nanos a time as {@link System#nanoTime} has it */
    static DatabaseClock open(DataSource database, LongSupplier nanos, Duration pause) throws SQLException {
        DatabaseClock clock = new DatabaseClock(database, nanos);
        try {
            clock.ask();
        } catch (SQLException e) {
            clock.close();
            throw e;
        }
        var unused = clock.asking.scheduleWithFixedDelay(
                clock::askAgain, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return clock;
    }

    private void askAgain() {
        try {
            ask();
            away = false;
        } catch (SQLException | RuntimeException e) {
            // The border of the thread. What is known goes on.
            if (!away) {
                log.info("The database does not say what time it is, the last time goes on: {}", e.getMessage());
            }
            away = true;
        }
    }

    private void ask() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            try (Statement statement = connection.createStatement()) {
                long before = nanos.getAsLong();
                try (ResultSet result = statement.executeQuery(NOW)) {
                    long after = nanos.getAsLong();
                    result.next();
                    samples.add(before, after, result.getLong(1));
                }
            }
        }
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        return samples.microsAt(nanos.getAsLong()) / 1_000;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Of an instant in UTC there is no other zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        if (!zone.equals(ZoneOffset.UTC)) {
            throw new UnsupportedOperationException("a zone: " + zone);
        }
        return this;
    }

    /** No more is asked; the time goes on. */
    @Override
    public void close() {
        asking.shutdownNow();
    }
}
