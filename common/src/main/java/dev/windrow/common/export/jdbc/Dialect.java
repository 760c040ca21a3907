package dev.windrow.common.export.jdbc;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What differs between the databases. The statements on the table do not: see {@link ExportSql}. */
enum Dialect {
    SQLITE(
            "jdbc:sqlite:",
            "select count(*) from sqlite_master where type = 'table' and name = 'flyway_schema_history'") {
        @Override
        Trouble trouble(SQLException e) {
            int code = e.getErrorCode() & 0xff;
            if (code == BUSY || code == LOCKED) {
                return Trouble.NOT_DONE;
            }
            return FILE_TROUBLE.contains(code) ? Trouble.UNKNOWN : Trouble.DEFECT;
        }

        @Override
        boolean isFull(SQLException e) {
            // The driver gives the extended code in its words alone.
            return (e.getErrorCode() & 0xff) == FULL
                    || String.valueOf(e.getMessage()).contains(NO_ROOM_FOR_SHARED_MEMORY);
        }
    },
    POSTGRESQL("jdbc:postgresql:", "select count(to_regclass('flyway_schema_history'))") {
        @Override
        Trouble trouble(SQLException e) {
            String state = Objects.requireNonNullElse(e.getSQLState(), "");
            if (ROLLED_BACK.contains(state)) {
                return Trouble.NOT_DONE;
            }
            boolean server = SERVER_TROUBLE.stream().anyMatch(state::startsWith);
            return server ? Trouble.UNKNOWN : Trouble.DEFECT;
        }
    };

    /**
     * SQLITE_BUSY: the lock was not got within busy_timeout; a single statement in autocommit has then done nothing.
     */
    private static final int BUSY = 5;

    private static final int LOCKED = 6;
    private static final int FULL = 13;
    /**
     * The file of shared memory beside the database could not grow: on a full disk this may come instead of
     * SQLITE_FULL.
     */
    private static final String NO_ROOM_FOR_SHARED_MEMORY = "SQLITE_IOERR_SHMSIZE";

    /**
     * SQLITE_NOMEM, READONLY, INTERRUPT, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL (the locks of the WAL were not got)
     * and NOTADB. CORRUPT is among them since a connection that has seen an I/O error may call a sound file malformed
     * until it is opened anew.
     */
    private static final Set<Integer> FILE_TROUBLE = Set.of(7, 8, 9, 10, 11, 13, 14, 15, 26);

    /** serialization_failure, deadlock_detected, lock_not_available, query_canceled (PostgreSQL, appendix A). */
    private static final Set<String> ROLLED_BACK = Set.of("40001", "40P01", "55P03", "57014");

    /**
     * Classes and codes: connection exception, read_only_sql_transaction (we talk to a former primary), completion
     * unknown, insufficient resources, shutdown or crash, system error.
     */
    private static final Set<String> SERVER_TROUBLE = Set.of("08", "25006", "40003", "53", "57P", "58");

    private final String urlPrefix;
    private final String countHistoryTables;

    Dialect(String urlPrefix, String countHistoryTables) {
        this.urlPrefix = urlPrefix;
        this.countHistoryTables = countHistoryTables;
    }

    /** @throws IllegalArgumentException for a URL of another database */
    static Dialect of(String url) {
        for (Dialect dialect : values()) {
            if (url.startsWith(dialect.urlPrefix)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException(
                "The status database is SQLite (jdbc:sqlite:FILE) or PostgreSQL (jdbc:postgresql:…), not "
                        + scheme(url));
    }

    /** What is known of a statement that failed. */
    abstract Trouble trouble(SQLException e);

    /** Whether the disk that is full is this machine's. */
    boolean isFull(SQLException e) {
        return false;
    }

    /** The folder of its migrations below {@code db/migration}. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A query for 1 if Flyway's history table is there, else 0. */
    String countHistoryTables() {
        return countHistoryTables;
    }

    /** The URL without what may hold a password. */
    private static String scheme(String url) {
        int end = url.indexOf(':', url.startsWith("jdbc:") ? "jdbc:".length() : 0);
        return end < 0 ? "a text without a scheme" : url.substring(0, end + 1);
    }

    /** What is known of a statement that failed. */
    enum Trouble {
        /** It certainly changed nothing, and may be repeated. */
        NOT_DONE,
        /** The database did not answer as it should: the change may be there or not. */
        UNKNOWN,
        /** The statement is wrong; to repeat it is no use. */
        DEFECT
    }
}
