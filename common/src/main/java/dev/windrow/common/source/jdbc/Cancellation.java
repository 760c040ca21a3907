package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which statements of a reader run, so that any thread can stop them, and no others that use their connections later. */
final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final Set<Statement> running = new HashSet<>();
    private volatile boolean cancelled;

    /** Call before the statement may block. */
    synchronized void begin(Statement statement) throws SourceException {
        check();
        running.add(statement);
    }

    /** Call before the statement, or its connection, is closed or given back. */
    synchronized void end(Statement statement) {
        running.remove(statement);
    }

    synchronized void cancel() {
        cancelled = true;
        for (Statement statement : running) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.debug("A statement did not take its cancel; the reader stops at its next row", e);
            }
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    void check() throws SourceException {
        if (cancelled) {
            throw SourceErrors.cancelled();
        }
    }

    /** What a driver's error means: after a cancel, only that. */
    SourceException failed(SQLException e, Dialect dialect, String file) {
        return cancelled
                ? SourceErrors.cancelled()
                : SourceErrors.of(e, dialect, "The source database refused the query of file " + file + ".");
    }
}
