package dev.windrow.worker.queue.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where JobRunr keeps its rings: a SQLite file of its own, apart from the status table, so that ringing never meets our
 * own transactions; or, on another database, the one that holds the status table. Thread-safe but for {@link #changed}.
 */
public final class QueueDatabase implements AutoCloseable {
    /** A failed heartbeat stops JobRunr's server, so it waits longer for a lock than anybody ought to hold one. */
    private static final long BUSY_MILLIS = TimeUnit.SECONDS.toMillis(30);

    /** Any number that nobody else uses for an advisory lock of this database. */
    private static final String LOCK = "select pg_advisory_lock(7230586316401)";

    private final HikariDataSource pool;
    private final @Nullable Path file;
    private final @Nullable String probe;
    private @Nullable Connection probing;
    private long seen;

    private QueueDatabase(HikariConfig config, @Nullable Path file, @Nullable String probe) {
        this.pool = new HikariDataSource(config);
        this.file = file;
        this.probe = probe;
    }

    /**
     * Opens, and makes where missing, a SQLite file: for its owner alone, and so the side files, which SQLite makes
     * like it.
     */
    public static QueueDatabase sqlite(Path file) {
        try {
            OwnerOnly.make(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the queue's database can't be made: " + file, e);
        }
        HikariConfig config = new HikariConfig();
        // IMMEDIATE: JobRunr reads and then writes in one transaction, which in the deferred mode fails at once, and in
        // silence,
        // whenever another connection has committed between. NORMAL: a ring lost in a power cut is rung again.
        config.setJdbcUrl(
                "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=NORMAL&transaction_mode=IMMEDIATE&busy_timeout="
                        + BUSY_MILLIS + "&journal_size_limit=4194304");
        config.setPoolName("windrow-queue");
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(BUSY_MILLIS + TimeUnit.SECONDS.toMillis(10));
        config.setExceptionOverride(new EvictWhenBusy());
        return new QueueDatabase(config, file, "pragma data_version");
    }

    /** Opens a server's database. */
    public static QueueDatabase server(
            String url, @Nullable String username, @Nullable String password, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword(password);
        config.setPoolName("windrow-queue");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        return new QueueDatabase(config, null, null);
    }

    /** For JobRunr's storage. */
    public DataSource dataSource() {
        return pool;
    }

    /** Closing it lets the next one in. */
    public interface MigrationLock extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until no other process brings this database to another version, and keeps the others waiting. A process
     * that dies gives it up.
     *
     * @throws IllegalStateException when it can't be had
     */
    public MigrationLock lockForMigration() {
        try {
            return file == null ? lockOnServer() : lockBeside(file);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the queue's database can't be locked for a migration", e);
        }
    }

    /** A file of its own: closing any other handle of SQLite's would give SQLite's own locks up. */
    private static MigrationLock lockBeside(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file.resolveSibling(file.getFileName() + "-migrating"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                OwnerOnly.file());
        try {
            // Held until the channel is closed.
            var unused = channel.lock();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return () -> close(channel);
    }

    private MigrationLock lockOnServer() throws SQLException {
        // Not of the pool, whose every connection the migration may need.
        Connection connection = DriverManager.getConnection(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return () -> close(connection);
    }

    private static void close(AutoCloseable held) {
        try {
            held.close();
        } catch (Exception e) {
            throw new IllegalStateException("the lock for a migration can't be given up", e);
        }
    }

    /**
     * Whether anybody, in whichever process, has committed since the last call; always true where the database can't
     * tell. Costs a few microseconds. For one thread.
     *
     * @throws IllegalStateException when the database can't be asked now
     */
    public boolean changed() {
        if (probe == null) {
            return true;
        }
        try {
            Connection connection = probing == null ? pool.getConnection() : probing;
            probing = connection;
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(probe)) {
                long version = result.getLong(1);
                boolean changed = version != seen;
                seen = version;
                return changed;
            }
        } catch (SQLException e) {
            forgetProbe();
            throw new IllegalStateException("the queue's database can't be asked", e);
        }
    }

    private void forgetProbe() {
        Connection connection = probing;
        probing = null;
        if (connection != null) {
            pool.evictConnection(connection);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
