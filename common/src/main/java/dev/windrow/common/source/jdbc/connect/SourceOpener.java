package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.catalog.Source;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteOpenMode;

/** Opens connections that can only read, and that give the same values whatever the settings of a role. Immutable. */
final class SourceOpener {
    private static final int MILLIS = 1_000;
    /** Longer than a run may be silent before it is taken for hung: a query that is only slow ends otherwise. */
    private static final int SILENT_SECONDS = 11 * 60;
    /** Of a server that takes the connection and then says nothing, while it is to let us in. */
    private static final int SILENT_AT_FIRST_SECONDS = 10;
    /**
     * Read only, and without SQLite's own lock around each call for a value, which was a quarter of the time of a row:
     * the driver's calls hold Java's lock of the connection anyway, but for the interrupt, which needs none.
     */
    private static final String SQLITE_OPEN_MODE =
            Integer.toString(SQLiteOpenMode.READONLY.flag | SQLiteOpenMode.NOMUTEX.flag);

    /**
     * A query's casts of instants to days would depend on the machine that runs it, and what values are read as on the
     * settings of a role: with few digits a number is rounded, and an array's null put back as a word.
     */
    private static final List<String> POSTGRESQL_SETTINGS = List.of(
            "set time zone 'UTC'",
            "set extra_float_digits = 3",
            "set array_nulls = on",
            "set bytea_output = 'hex'",
            "set intervalstyle = 'postgres'",
            "set xmlbinary = 'base64'");

    /**
     * A process that stands still in the middle of a leg can't end it, so the server does. Longer than any leg, and
     * never longer than what the operator has set.
     */
    private static final String END_IDLE_TRANSACTIONS = """
            select set_config('idle_in_transaction_session_timeout', '90s', false)
            where current_setting('idle_in_transaction_session_timeout')::interval not between interval '1 ms' and interval '90 s'
            """;

    /**
     * Values as they are: a {@code tinyint(1)} is a number, and a year is no day. Rows come as they are asked for; by
     * MySQL's driver that takes a cursor.
     */
    private static final Map<String, String> MARIADB_PROPERTIES = Map.of(
            "tinyInt1isBit", "false",
            "yearIsDateType", "false",
            "useCursorFetch", "true",
            "allowLoadLocalInfile", "false",
            "allowLocalInfile", "false");

    /**
     * A query reads the file's own tables: a view of it could read any file of this machine else. Without a limit it
     * would take most of the machine's memory, beside Java.
     */
    private static final Map<String, String> DUCKDB_PROPERTIES =
            Map.of("duckdb.read_only", "true", "enable_external_access", "false", "memory_limit", "1GB");

    /** Else it waits a day for a table that another has locked, and nobody is told. */
    private static final String WAIT_FOR_LOCKS = "set session lock_wait_timeout = least(@@lock_wait_timeout, 60)";

    private final int busyMillis;

    /** @param busyMillis how long to wait for a SQLite file that is locked */
    SourceOpener(int busyMillis) {
        this.busyMillis = busyMillis;
    }

    /**
     * @param limit how many bytes of rows a driver that can be told so is to take at a time; 0 for as many as come
     * @param patience how long the server may take to let us in; null for as long as its driver waits
     */
    OpenConnection open(Source source, long limit, @Nullable Duration patience) throws SQLException {
        Dialect dialect = Dialect.of(source.url());
        String url = dialect == Dialect.SQLITE ? SqliteFile.withoutOpenMode(source.url()) : source.url();
        SqliteFile file = dialect == Dialect.SQLITE ? SqliteFile.of(url) : null;
        Driver driver = Drivers.of(url);
        Connection connection = driver.connect(url, properties(source, dialect, limit, patience));
        if (connection == null) {
            throw new SQLException("The driver does not accept the URL", "08001");
        }
        OpenConnection opened = new OpenConnection(source, dialect, connection, limit, file);
        try {
            restrict(connection, dialect);
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    private Properties properties(Source source, Dialect dialect, long limit, @Nullable Duration patience) {
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
            if (limit > 0) {
                properties.setProperty("maxResultBuffer", Long.toString(limit));
            }
            // Values and positions are read as the server writes them, whether or not it has prepared the statement.
            properties.setProperty("binaryTransfer", "false");
            // Nothing that was learnt of a statement outlives it: the schema may change before the next.
            properties.setProperty("prepareThreshold", "0");
            properties.setProperty("preparedStatementCacheQueries", "0");
            properties.setProperty("databaseMetadataCacheFields", "0");
        } else if (dialect == Dialect.H2) {
            // Else a name that is mistaken makes a database.
            properties.setProperty("IFEXISTS", "TRUE");
        } else if (dialect == Dialect.DUCKDB) {
            DUCKDB_PROPERTIES.forEach(properties::setProperty);
        } else if (dialect == Dialect.MARIADB) {
            MARIADB_PROPERTIES.forEach(properties::setProperty);
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
            } else if (dialect == Dialect.MARIADB) {
                statement.execute("set time_zone = '+00:00'");
                statement.execute(WAIT_FOR_LOCKS);
            } else if (dialect == Dialect.DUCKDB) {
                statement.execute("set timezone = 'UTC'");
            }
        }
        if (dialect.needsTransaction()) {
            connection.setReadOnly(true);
            if (dialect == Dialect.POSTGRESQL || dialect == Dialect.H2) {
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
}
