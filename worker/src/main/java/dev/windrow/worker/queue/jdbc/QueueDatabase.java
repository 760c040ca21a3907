package dev.windrow.worker.queue.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.windrow.common.artifact.OwnerOnly;
import dev.windrow.common.url.ServerAddress;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
    private static final String LOCK = "select pg_try_advisory_lock(7230586316401)";

    /** One that needs no quotes, which JobRunr does not write. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** Between two looks at whether the lock is free. */
    private static final long LOCK_MILLIS = 200;

    private final DataSource pool;
    private final @Nullable HikariDataSource own;
    private final @Nullable Path file;
    private final @Nullable ServerAddress server;
    private @Nullable Connection probing;
    private long seen;

    private QueueDatabase(HikariDataSource own, Path file) {
        this.pool = own;
        this.own = own;
        this.file = file;
        this.server = null;
    }

    private QueueDatabase(ServerAddress server, DataSource pool) {
        this.pool = pool;
        this.own = null;
        this.file = null;
        this.server = server;
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
        return new QueueDatabase(new HikariDataSource(config), file);
    }

    /**
     * A server's database, by connections that its other users have too. Two more are made, of which there is one at a
     * time: while tables are made, and while rings are listened for.
     *
     * @param pool closed by who made it
     */
    public static QueueDatabase server(ServerAddress server, DataSource pool) {
        return new QueueDatabase(server, pool);
    }

    /** Whether other machines may have it too. */
    public boolean isShared() {
        return server != null;
    }

    /**
     * What stands before the names of JobRunr's tables: their schema, where it is not the usual one. Without it JobRunr
     * takes tables of any other schema, such as those of another program, for its own.
     *
     * @return null for nothing
     * @throws IllegalStateException when the database can't be asked
     */
    public @Nullable String tablePrefix() {
        if (server == null) {
            return null;
        }
        try (Connection connection = pool.getConnection()) {
            String schema = connection.getSchema();
            boolean plain = schema != null && PLAIN_NAME.matcher(schema).matches();
            return plain && !"public".equals(schema) ? schema + "." : null;
        } catch (SQLException e) {
            throw new IllegalStateException("the queue's database can't be asked for its schema", e);
        }
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
            return server == null ? lockBeside(Objects.requireNonNull(file)) : lockOn(server);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the queue's database can't be locked for a migration", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the queue's database was locked by another", e);
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

    private static MigrationLock lockOn(ServerAddress server) throws SQLException, InterruptedException {
        // Not of the pool, whose every connection the migration may need.
        Connection connection = DriverManager.getConnection(server.url(), server.login("windrow-migrate"));
        try {
            // Asked for again and again: a server that went silent can't be told from one that keeps us waiting.
            while (!isLocked(connection)) {
                Thread.sleep(LOCK_MILLIS);
            }
            return () -> close(connection);
        } catch (SQLException | InterruptedException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean isLocked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(LOCK)) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static void close(AutoCloseable held) {
        try {
            held.close();
        } catch (Exception e) {
            throw new IllegalStateException("the lock for a migration can't be given up", e);
        }
    }

    /**
     * Whether anybody, in whichever process, has committed since the last call; never where it is {@link #listen} that
     * tells. Costs a few microseconds. For one thread.
     *
     * @throws IllegalStateException when the database can't be asked now
     */
    public boolean changed() {
        HikariDataSource probed = own;
        if (probed == null) {
            return false;
        }
        try {
            Connection connection = probing == null ? probed.getConnection() : probing;
            probing = connection;
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("pragma data_version")) {
                long version = result.getLong(1);
                boolean changed = version != seen;
                seen = version;
                return changed;
            }
        } catch (SQLException e) {
            forgetProbe(probed);
            throw new IllegalStateException("the queue's database can't be asked", e);
        }
    }

    private void forgetProbe(HikariDataSource probed) {
        Connection connection = probing;
        probing = null;
        if (connection != null) {
            probed.evictConnection(connection);
        }
    }

    /** Tells those who {@link #listen} that there is a ring; nothing where they see it by themselves. */
    public void announce() {
        if (server == null) {
            return;
        }
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(RingListener.NOTIFY);
        } catch (SQLException e) {
            throw new IllegalStateException("a ring can't be announced", e);
        }
    }

    /** Ends listening. Waits for nobody. */
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Listens for rings of all processes, on one thread and one connection of its own, which is made again when it is
     * lost.
     *
     * @param rung called after a ring, and whenever one may have been missed; must return at once
     * @return nothing that listens where {@link #changed} tells
     */
    public Listening listen(Runnable rung) {
        return server == null ? () -> {} : RingListener.start(server, rung)::close;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
