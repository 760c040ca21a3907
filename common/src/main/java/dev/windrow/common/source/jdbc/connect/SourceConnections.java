package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.thread.DaemonThreads;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Read-only connections to the catalog's sources. Each is lent to one reader at a time; a few are kept open per source,
 * for the next. Safe for use by many threads. Closing it closes what is kept, and what is lent when it comes back.
 */
public final class SourceConnections implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;
    /** More than one, since ending a leg asks the database, which may not answer. */
    private static final int TIMERS = 2;

    private final SourceOpener opener;
    private final LegLimits free;
    private final LegLimits holding;
    private final RowMemory memory;
    private final KeptConnections kept = new KeptConnections();
    private final ScheduledThreadPoolExecutor timer;

    /** Waits five seconds for a SQLite file that is locked. */
    public SourceConnections() {
        this(BUSY_MILLIS);
    }

    /** @param busyMillis how long to wait for a SQLite file that is locked */
    public SourceConnections(int busyMillis) {
        this(busyMillis, LegLimits.FREE, LegLimits.HOLDING);
    }

    /**
     * Connections whose legs are as long as the caller says.
     *
     * @param busyMillis how long to wait for a SQLite file that is locked
     * @param free of legs that hold nobody up
     * @param holding of those that hold writers up
     */
    public SourceConnections(int busyMillis, LegLimits free, LegLimits holding) {
        this(busyMillis, free, holding, RowMemory.ofThisProcess());
    }

    /**
     * The same, for who says how much memory there is.
     *
     * @param memory what their rows share
     */
    public SourceConnections(int busyMillis, LegLimits free, LegLimits holding, RowMemory memory) {
        this.opener = new SourceOpener(busyMillis);
        this.free = free;
        this.holding = holding;
        this.memory = memory;
        this.timer = new ScheduledThreadPoolExecutor(TIMERS, new DaemonThreads("windrow-legs"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Ends the legs of readers that are slow. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** What the rows share that are read by its connections. */
    public RowMemory memory() {
        return memory;
    }

    /**
     * Lends a connection for who reads no more than fits, opening one if none is kept. The caller closes it, which
     * gives it back.
     *
     * @throws SourceException {@code UNAVAILABLE} when the source can't be reached
     */
    public LentConnection lend(Source source) throws SourceException {
        return lend(source, 0, null);
    }

    /**
     * The same for who reads rows that may be long, and says so by {@link LentConnection#expect} too. Where one does
     * not fit the connection is of no more use.
     *
     * @param patience how long the server may take to let us in; null for as long as its driver waits
     * @throws SourceException {@code UNAVAILABLE} when the source can't be reached
     */
    public LentConnection lend(Source source, RowMemory.Rows rows, @Nullable Duration patience) throws SourceException {
        Dialect dialect = Dialect.of(source.url());
        long limit = dialect == Dialect.POSTGRESQL ? memory.mostOfAFetch(rows) : 0;
        return lend(source, limit, patience);
    }

    private LentConnection lend(Source source, long limit, @Nullable Duration patience) throws SourceException {
        for (OpenConnection idle = kept.take(source, limit); idle != null; idle = kept.take(source, limit)) {
            if (idle.isUsable()) {
                return lent(idle);
            }
            idle.close();
            if (idle.dialect() != Dialect.SQLITE) {
                // The others are most likely as dead, and each would be waited for.
                kept.drop(source);
            }
        }
        try {
            return lent(opener.open(source, limit, patience));
        } catch (SQLException e) {
            throw SourceErrors.unopened(e);
        }
    }

    /** Closes what is kept for a source that nobody will ask again. */
    public void forget(Source source) {
        kept.drop(source);
    }

    private LentConnection lent(OpenConnection connection) {
        return new LentConnection(connection, kept, free, holding);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        kept.close();
    }
}
