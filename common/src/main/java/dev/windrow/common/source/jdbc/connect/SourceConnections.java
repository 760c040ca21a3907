package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteOpenMode;

/**
 * Read-only connections to the catalog's sources. Each is lent to one reader at a time; a few are kept open a source, for the
 * next. Safe for use by many threads. Closing it closes what is kept, and what is lent when it comes back.
 */
public final class SourceConnections implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SourceConnections.class);
    /** For one export's rows, its count and its watch, and a few more. */
    private static final int KEPT = 4;

    private static final int MILLIS = 1_000;
    private static final int BUSY_MILLIS = 5_000;
    private static final int VALID_SECONDS = 2;
    /** More than one, since ending a leg asks the database, which may not answer. */
    private static final int TIMERS = 2;
    /** Longer than a run may be silent before it is taken for hung: a query that is only slow ends otherwise. */
    private static final int SILENT_SECONDS = 11 * 60;
    /** Of a server that takes the connection and then says nothing, while it is to let us in. */
    private static final int SILENT_AT_FIRST_SECONDS = 10;
    /**
     * Read only, and without SQLite's own lock around each call for a value, which was a quarter of the time of a row: the driver's
     * calls hold Java's lock of the connection anyway, but for the interrupt, which needs none.
     */
    private static final String SQLITE_OPEN_MODE =
            Integer.toString(SQLiteOpenMode.READONLY.flag | SQLiteOpenMode.NOMUTEX.flag);

    /**
     * A query's casts of instants to days would depend on the machine that runs it, and what values are read as on the settings of a role: with
     * few digits a number is rounded, and an array's null put back as a word.
     */
    private static final List<String> POSTGRESQL_SETTINGS = List.of(
            "set time zone 'UTC'",
            "set extra_float_digits = 3",
            "set array_nulls = on",
            "set bytea_output = 'hex'",
            "set intervalstyle = 'postgres'",
            "set xmlbinary = 'base64'");

    /**
     * A process that stands still in the middle of a leg can't end it, so the server does. Longer than any leg, and never longer than what the
     * operator has set.
     */
    private static final String END_IDLE_TRANSACTIONS = """
            select set_config('idle_in_transaction_session_timeout', '90s', false)
            where current_setting('idle_in_transaction_session_timeout')::interval not between interval '1 ms' and interval '90 s'
            """;

    private final int busyMillis;
    private final LegLimits free;
    private final LegLimits holding;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<Source, Deque<LentConnection>> kept = new HashMap<>();
    private boolean closed;

    /** Waits five seconds for a SQLite file that is locked. */
    public SourceConnections() {
        this(BUSY_MILLIS);
    }

    public SourceConnections(int busyMillis) {
        this(busyMillis, LegLimits.FREE, LegLimits.HOLDING);
    }

    /**
     * @param free of legs that hold nobody up
     * @param holding of those that hold writers up
     */
    public SourceConnections(int busyMillis, LegLimits free, LegLimits holding) {
        this.busyMillis = busyMillis;
        this.free = free;
        this.holding = holding;
        this.timer = new ScheduledThreadPoolExecutor(TIMERS, task -> {
            Thread thread = new Thread(task, "windrow-legs");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    LegLimits limits(boolean holdsWritersUp) {
        return holdsWritersUp ? holding : free;
    }

    /** Ends the legs of readers that are slow. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Lends a connection, opening one if none is kept. The caller closes it, which gives it back.
     *
     * @throws SourceException {@code UNAVAILABLE} when the source can't be reached
     */
    public LentConnection lend(Source source) throws SourceException {
        return lend(source, null);
    }

    /** @param patience how long the server may take to let us in; null for as long as its driver waits */
    public LentConnection lend(Source source, @Nullable Duration patience) throws SourceException {
        for (LentConnection idle = takeKept(source); idle != null; idle = takeKept(source)) {
            if (isUsable(idle)) {
                return idle.again();
            }
            closeQuietly(idle.connection());
            if (idle.dialect() != Dialect.SQLITE) {
                // The others are most likely as dead, and each would be waited for.
                dropKept(source).forEach(dead -> closeQuietly(dead.connection()));
            }
        }
        try {
            return open(source, patience);
        } catch (SQLException e) {
            throw new SourceException(Kind.UNAVAILABLE, SourceErrors.UNAVAILABLE, e);
        }
    }

    private synchronized @Nullable LentConnection takeKept(Source source) {
        Deque<LentConnection> idle = kept.get(source);
        return idle == null ? null : idle.pollFirst();
    }

    private synchronized List<LentConnection> dropKept(Source source) {
        Deque<LentConnection> idle = kept.remove(source);
        return idle == null ? List.of() : List.copyOf(idle);
    }

    /** Gives a connection back, to be kept if it is whole. */
    void giveBack(LentConnection connection, boolean whole) {
        if (!whole || !ended(connection) || !keep(connection)) {
            closeQuietly(connection.connection());
        }
    }

    private synchronized boolean keep(LentConnection connection) {
        Deque<LentConnection> idle = kept.computeIfAbsent(connection.source(), source -> new ArrayDeque<>());
        if (closed || idle.size() >= KEPT) {
            return false;
        }
        idle.addFirst(connection);
        return true;
    }

    private static boolean ended(LentConnection connection) {
        try {
            connection.endTransaction();
            return true;
        } catch (SQLException e) {
            log.debug("A connection to {} could not end its transaction and is closed", connection.source(), e);
            return false;
        }
    }

    private static boolean isUsable(LentConnection idle) {
        if (idle.dialect() == Dialect.SQLITE) {
            return idle.isCurrent();
        }
        try {
            boolean valid = idle.connection().isValid(VALID_SECONDS);
            idle.endTransaction();
            return valid;
        } catch (SQLException e) {
            log.debug("A kept connection to {} is no longer usable", idle.source(), e);
            return false;
        }
    }

    private LentConnection open(Source source, @Nullable Duration patience) throws SQLException {
        Dialect dialect = Dialect.of(source.url());
        String url = dialect == Dialect.SQLITE ? SqliteFile.withoutOpenMode(source.url()) : source.url();
        SqliteFile file = dialect == Dialect.SQLITE ? SqliteFile.of(url) : null;
        // Not DriverManager.getConnection: its "no suitable driver" has the URL in it, and so perhaps a password.
        Driver driver = DriverManager.getDriver(url);
        Connection connection = driver.connect(url, properties(source, dialect, patience));
        if (connection == null) {
            throw new SQLException("The driver does not accept the URL", "08001");
        }
        try {
            restrict(connection, dialect);
            return new LentConnection(this, source, dialect, connection, file, false);
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private Properties properties(Source source, Dialect dialect, @Nullable Duration patience) {
        Properties properties = new Properties();
        if (source.username() != null && !source.username().isEmpty()) {
            properties.setProperty("user", source.username());
        }
        if (source.password() != null && !source.password().isEmpty()) {
            properties.setProperty("password", source.password());
        }
        if (dialect == Dialect.SQLITE) {
            properties.setProperty("open_mode", SQLITE_OPEN_MODE);
            properties.setProperty("busy_timeout", Integer.toString(busyMillis));
        } else if (dialect == Dialect.POSTGRESQL) {
            properties.setProperty("ApplicationName", "windrow");
            // A network that swallows everything would keep a run's thread for ever.
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("socketTimeout", Integer.toString(SILENT_AT_FIRST_SECONDS));
            if (patience != null) {
                properties.setProperty("loginTimeout", Long.toString(Math.max(1, patience.toSeconds())));
            }
            // Values and positions are read as the server writes them, whether or not it has prepared the statement.
            properties.setProperty("binaryTransfer", "false");
            // Nothing that was learnt of a statement outlives it: the schema may change before the next.
            properties.setProperty("prepareThreshold", "0");
            properties.setProperty("preparedStatementCacheQueries", "0");
            properties.setProperty("databaseMetadataCacheFields", "0");
        }
        return properties;
    }

    private static void restrict(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (dialect == Dialect.SQLITE) {
                statement.execute("pragma query_only = true");
            } else if (dialect == Dialect.POSTGRESQL) {
                for (String setting : POSTGRESQL_SETTINGS) {
                    statement.execute(setting);
                }
                statement.execute(END_IDLE_TRANSACTIONS);
                letQueriesTakeTheirTime(connection);
            }
        }
        if (dialect.needsTransaction()) {
            connection.setReadOnly(true);
            if (dialect == Dialect.POSTGRESQL) {
                // A leg asks more than once, and must see one state.
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            connection.setAutoCommit(false);
        }
    }

    /** Unless the URL says how long a server may be silent. */
    private static void letQueriesTakeTheirTime(Connection connection) throws SQLException {
        if (connection.getNetworkTimeout() == SILENT_AT_FIRST_SECONDS * MILLIS) {
            connection.setNetworkTimeout(Runnable::run, SILENT_SECONDS * MILLIS);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("A source connection did not close", e);
        }
    }

    @Override
    public void close() {
        Map<Source, Deque<LentConnection>> last;
        synchronized (this) {
            closed = true;
            last = Map.copyOf(kept);
            kept.clear();
        }
        timer.shutdownNow();
        last.values().forEach(idle -> idle.forEach(connection -> closeQuietly(connection.connection())));
    }
}
