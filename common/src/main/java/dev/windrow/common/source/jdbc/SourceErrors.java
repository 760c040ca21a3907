package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells what may pass from what stays, among a driver's errors. */
final class SourceErrors {
    static final String UNAVAILABLE = "The source database is not available.";

    /** SQLite's primary result codes: busy, locked, out of memory, I/O error, full, can't open, protocol (locks of a WAL). */
    private static final Set<Integer> SQLITE_MAY_PASS = Set.of(5, 6, 7, 10, 13, 14, 15);

    private SourceErrors() {}

    /** @param refused what the owner is told when the database will refuse it again */
    static SourceException of(SQLException e, Dialect dialect, String refused) {
        return mayPass(e, dialect)
                ? new SourceException(Kind.UNAVAILABLE, UNAVAILABLE, e)
                : new SourceException(Kind.QUERY, refused, e);
    }

    private static boolean mayPass(SQLException e, Dialect dialect) {
        if (dialect == Dialect.SQLITE) {
            return SQLITE_MAY_PASS.contains(e.getErrorCode() & 0xff);
        }
        String state = e.getSQLState();
        return e instanceof SQLTransientException
                || e instanceof SQLRecoverableException
                || (state != null && stateMayPass(state));
    }

    /** SQL states of a lost connection, of exhausted resources, of a server going down, and of a lost fight for a lock. */
    private static boolean stateMayPass(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P0")
                || state.startsWith("40")
                || state.equals("55P03");
    }

    static SourceException cancelled() {
        return new SourceException(Kind.CANCELLED, "Reading the source was cancelled.");
    }
}
