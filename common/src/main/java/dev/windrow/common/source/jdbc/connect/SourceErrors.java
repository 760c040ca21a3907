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

    /** A string or blob that exceeds the limit of the connection. */
    private static final int SQLITE_TOO_BIG = 18;

    /** In what PostgreSQL's driver says, in any language, when rows exceed that property of the connection. */
    private static final String POSTGRESQL_LIMIT = "maxResultBuffer";

    private static final String TOO_LONG = "A row takes more memory than this server has for one.";

    /** An extended result code holds its primary one in its lowest byte. */
    private static final int PRIMARY = 0xff;

    /**
     * What the owner is told of states of PostgreSQL that may pass
     * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
     */
    private static final Map<String, String> PASSING = Map.of(
            "55P03", "The source is locked by another for longer than its lock_timeout.",
            "70100", "The source stopped the query, as it does after its max_statement_time.",
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

    /** DuckDB's errors have no states, but words at their beginning. */
    private static final String DUCKDB_IO = "IO Error:";

    /** All who read a file share its memory, so that another time it may do. */
    private static final String DUCKDB_MEMORY = "Out of Memory Error:";

    /** MariaDB's of a table that another has locked, which has no state of its own. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private SourceErrors() {}

    /** @param refused what the owner is told when the database will refuse it again */
    public static SourceException of(SQLException e, Dialect dialect, String refused) {
        if (dialect == Dialect.MARIADB && e.getErrorCode() == LOCK_WAIT_TIMEOUT) {
            return new SourceException(
                    Kind.UNAVAILABLE, "The source is locked by another for longer than its lock_wait_timeout.", e);
        }
        String words = String.valueOf(e.getMessage());
        if (dialect == Dialect.DUCKDB && words.startsWith(DUCKDB_MEMORY)) {
            return new SourceException(
                    Kind.UNAVAILABLE,
                    "The query needs more of DuckDB's memory (memory_limit, 1 GB for each file) than other reads of the file have left.",
                    e);
        }
        if (dialect == Dialect.DUCKDB && words.startsWith(DUCKDB_IO)) {
            return new SourceException(Kind.UNAVAILABLE, UNAVAILABLE, e);
        }
        return dialect == Dialect.SQLITE ? ofSqlite(e, refused) : ofState(e, String.valueOf(e.getSQLState()), refused);
    }

    private static SourceException ofSqlite(SQLException e, String refused) {
        int code = e.getErrorCode() & PRIMARY;
        if (SQLITE_DAMAGED.contains(code)) {
            // Also of a file that somebody is copying another over.
            return new SourceException(Kind.UNAVAILABLE, "The source database is damaged, or being replaced.", e);
        }
        if (code == SQLITE_TOO_BIG) {
            return new SourceException(Kind.ROW_TOO_LONG, TOO_LONG, e);
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
        if (String.valueOf(e.getMessage()).contains(POSTGRESQL_LIMIT)) {
            return new SourceException(Kind.ROW_TOO_LONG, TOO_LONG, e);
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
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P0") || state.startsWith("40");
    }

    /** Of a database that can't be opened. */
    static SourceException unopened(SQLException e) {
        // DuckDB's driver has no states.
        boolean taken = String.valueOf(e.getMessage()).contains("Could not set lock on file");
        return new SourceException(
                Kind.UNAVAILABLE,
                taken ? "The source database is open for writing in another process." : UNAVAILABLE,
                e);
    }

    public static SourceException cancelled() {
        return new SourceException(Kind.CANCELLED, "Reading the source was cancelled.");
    }
}
