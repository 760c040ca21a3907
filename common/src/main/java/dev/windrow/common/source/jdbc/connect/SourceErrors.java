package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.Set;

/** Tells what may pass from what stays, among a driver's errors. */
public final class SourceErrors {
    static final String UNAVAILABLE = "The source database is not available.";

    /**
     * SQLite's primary result codes: busy, locked, out of memory, I/O error, full, can't open, protocol (locks of a
     * WAL).
     */
    private static final Set<Integer> SQLITE_MAY_PASS = Set.of(5, 6, 7, 10, 13, 14, 15);

    /** A malformed image, and no database at all. */
    private static final Set<Integer> SQLITE_DAMAGED = Set.of(11, 26);

    /** An extended result code holds its primary one in its lowest byte. */
    private static final int PRIMARY = 0xff;

    /**
     * What the owner is told of states of PostgreSQL that may pass
     * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
     */
    private static final Map<String, String> PASSING = Map.of(
            "57014", "The source stopped the query, as it does after its statement_timeout.",
            "25P03", "The source ended the transaction, as it does after its idle_in_transaction_session_timeout.",
            "25P04", "The source ended the transaction, as it does after its transaction_timeout.");

    /**
     * Of much that the server can't do, and of a statement that something between has kept since before a change of the
     * schema.
     */
    private static final String NOT_SUPPORTED = "0A000";

    /** Writing and locking. */
    private static final String READ_ONLY = "25006";

    /** Bytes that are no text of the encoding, told by the driver or the server. */
    private static final Set<String> BROKEN_TEXTS = Set.of("22000", "22021", "22P05");

    private SourceErrors() {}

    /** @param refused what the owner is told when the database will refuse it again */
    public static SourceException of(SQLException e, Dialect dialect, String refused) {
        return dialect == Dialect.SQLITE ? ofSqlite(e, refused) : ofState(e, String.valueOf(e.getSQLState()), refused);
    }

    private static SourceException ofSqlite(SQLException e, String refused) {
        int code = e.getErrorCode() & PRIMARY;
        if (SQLITE_DAMAGED.contains(code)) {
            // Also of a file that somebody is copying another over.
            return new SourceException(Kind.UNAVAILABLE, "The source database is damaged, or being replaced.", e);
        }
        return SQLITE_MAY_PASS.contains(code)
                ? new SourceException(Kind.UNAVAILABLE, UNAVAILABLE, e)
                : new SourceException(Kind.QUERY, refused, e);
    }

    private static SourceException ofState(SQLException e, String state, String refused) {
        String passing = PASSING.get(state);
        if (passing != null) {
            return new SourceException(Kind.UNAVAILABLE, passing, e);
        }
        if (state.equals(NOT_SUPPORTED) && String.valueOf(e.getMessage()).contains("cached plan")) {
            return new SourceException(Kind.UNAVAILABLE, "The source's schema was changed while it was read.", e);
        }
        if (state.equals(READ_ONLY)) {
            return new SourceException(Kind.QUERY, refused + " It writes or locks rows, and a source is only read.", e);
        }
        if (BROKEN_TEXTS.contains(state)) {
            return new SourceException(Kind.VALUE, "The source holds a text that is not valid in its encoding.", e);
        }
        boolean mayPass =
                e instanceof SQLTransientException || e instanceof SQLRecoverableException || stateMayPass(state);
        return mayPass
                ? new SourceException(Kind.UNAVAILABLE, UNAVAILABLE, e)
                : new SourceException(Kind.QUERY, refused, e);
    }

    /**
     * SQL states of a lost connection, of exhausted resources, of a server going down, and of a lost fight for a lock.
     */
    private static boolean stateMayPass(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P0")
                || state.startsWith("40")
                || state.equals("55P03");
    }

    public static SourceException cancelled() {
        return new SourceException(Kind.CANCELLED, "Reading the source was cancelled.");
    }
}
