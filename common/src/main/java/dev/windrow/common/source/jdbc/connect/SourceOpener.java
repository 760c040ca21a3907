package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.catalog.Source;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
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

    private final int busyMillis;

    /** @param busyMillis how long to wait for a SQLite file that is locked */
    SourceOpener(int busyMillis) {
        this.busyMillis = busyMillis;
    }

    /** @param patience how long the server may take to let us in; null for as long as its driver waits */
    OpenConnection open(Source source, @Nullable Duration patience) throws SQLException {
        Dialect dialect = Dialect.of(source.url());
        String url = dialect == Dialect.SQLITE ? SqliteFile.withoutOpenMode(source.url()) : source.url();
        SqliteFile file = dialect == Dialect.SQLITE ? SqliteFile.of(url) : null;
        // Not DriverManager.getConnection: its "no suitable driver" has the URL in it, and so perhaps a password.
        Driver driver = DriverManager.getDriver(url);
        Connection connection = driver.connect(url, properties(source, dialect, patience));
        if (connection == null) {
            throw new SQLException("The driver does not accept the URL", "08001");
        }
        OpenConnection opened = new OpenConnection(source, dialect, connection, file);
        try {
            restrict(connection, dialect);
            return opened;
        } catch (SQLException e) {
            opened.close();
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
}
