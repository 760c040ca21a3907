package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.source.SourceException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which statements of a reader run, so that any thread can stop them, and no others that use their connections later.
 */
public final class Cancellation {
    private static final Logger log = LoggerFactory.getLogger(Cancellation.class);
    private static final long AGAIN_MILLIS = 100;
    private static final int ATTEMPTS = 100;
    private static final int PATIENT_ATTEMPTS = 10;

    private final Dialect dialect;
    private final Set<Statement> running = new HashSet<>();
    private volatile boolean cancelled;

    public Cancellation(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Call before the statement may block. */
    public synchronized void begin(Statement statement) throws SourceException {
        check();
        running.add(statement);
    }

    /** Call before the statement, or its connection, is closed or given back. */
    public synchronized void end(Statement statement) {
        running.remove(statement);
    }

    public synchronized boolean isRunning() {
        return !running.isEmpty();
    }

    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            cancel(1);
        }
    }

    /** More than once, since a driver forgets a cancel that comes before the database has begun. */
    private void cancel(int attempt) {
        if (interrupt(attempt) && attempt < ATTEMPTS) {
            CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> cancel(attempt + 1));
        }
    }

    private synchronized boolean interrupt(int attempt) {
        for (Statement statement : running) {
            try {
                statement.cancel();
                if (attempt == PATIENT_ATTEMPTS && dialect.needsTransaction()) {
                    // PostgreSQL's driver does not cancel the fetch of further rows.
                    statement.getConnection().abort(Runnable::run);
                }
            } catch (SQLException e) {
                log.debug("A statement did not take its cancel; the reader stops at its next row", e);
            }
        }
        return isRunning();
    }

    public boolean isCancelled() {
        return cancelled;
    }

    public void check() throws SourceException {
        if (cancelled) {
            throw SourceErrors.cancelled();
        }
    }

    /** What a driver's error means: after a cancel, only that. */
    public SourceException failed(SQLException e, String file) {
        return cancelled
                ? SourceErrors.cancelled()
                : SourceErrors.of(e, dialect, "The source database refused the query of file " + file + ".");
    }
}
