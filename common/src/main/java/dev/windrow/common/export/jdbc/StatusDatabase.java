package dev.windrow.common.export.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.jdbc.Dialect.Trouble;
import dev.windrow.common.export.jdbc.pool.AnsweringWithin;
import dev.windrow.common.export.jdbc.pool.ServerPool;
import dev.windrow.common.transaction.Transactions;
import dev.windrow.common.url.ServerAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The status database's connections: SQLite or PostgreSQL, by the URL. On SQLite one connection of this process writes
 * (WAL, {@code synchronous=FULL}, so that what was acknowledged survives a power cut) and a few read; on PostgreSQL one
 * pool does both. It makes no tables. Safe for use by many threads; whoever opens it closes it.
 */
public final class StatusDatabase implements AutoCloseable {
    /** How long SQLite waits for another process's write lock. */
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

    /** Longer than one writer ahead that waits out {@link #BUSY_TIMEOUT}. */
    private static final Duration WAIT_FOR_WRITER = Duration.ofSeconds(30);

    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int SQLITE_READERS = 4;
    private static final int POSTGRESQL_CONNECTIONS = 8;

    private final Dialect dialect;
    private final Statements statements;
    private final DataSource writer;
    private final DataSource reader;
    /** What is closed with it. */
    private final List<HikariDataSource> pools;

    private StatusDatabase(
            Dialect dialect,
            Statements statements,
            DataSource writer,
            DataSource reader,
            List<HikariDataSource> pools) {
        this.dialect = dialect;
        this.statements = statements;
        this.writer = writer;
        this.reader = reader;
        this.pools = pools;
    }

    /**
     * Connects, with nobody to make room on a full disk.
     *
     * @see #open(String, String, String, Runnable)
     */
    public static StatusDatabase open(String url, @Nullable String username, @Nullable String password) {
        return open(url, username, password, () -> {});
    }

    /**
     * Connects. A SQLite file that is not there is made, it and its folders for this user alone where the file system
     * knows that.
     *
     * @param makeRoom called when a statement finds the disk of the database full, before it is tried again
     * @throws IllegalArgumentException for a URL of another database, or one whose settings are not durable
     * @throws ExportsUnavailableException when it can't be reached
     */
    public static StatusDatabase open(
            String url, @Nullable String username, @Nullable String password, Runnable makeRoom) {
        Dialect dialect = Dialect.of(url);
        try {
            return dialect == Dialect.SQLITE
                    ? openSqlite(url, makeRoom)
                    : openServer(new ServerAddress(url, username, password), POSTGRESQL_CONNECTIONS);
        } catch (PoolInitializationException e) {
            throw cantBeOpened(e);
        }
    }

    /**
     * Connects to PostgreSQL.
     *
     * @param connections the most that are open at once
     * @throws IllegalArgumentException for a URL of another database
     * @throws ExportsUnavailableException when it can't be reached
     */
    public static StatusDatabase openServer(ServerAddress server, int connections) {
        Dialect dialect = Dialect.of(server.url());
        if (dialect != Dialect.POSTGRESQL) {
            throw new IllegalArgumentException("not a database server");
        }
        try {
            HikariConfig config = ServerPool.of(server, connections);
            config.setExceptionOverride(new Eviction(dialect));
            HikariDataSource pool = new HikariDataSource(config);
            return new StatusDatabase(dialect, new Statements(dialect), pool, pool, List.of(pool));
        } catch (PoolInitializationException e) {
            throw cantBeOpened(e);
        }
    }

    private static ExportsUnavailableException cantBeOpened(PoolInitializationException e) {
        return new ExportsUnavailableException("The status database can't be opened: " + e.getMessage(), e);
    }

    /** The same database for callers, who wait two seconds at most; see {@link #answeringWithin}. */
    public StatusDatabase forRequests() {
        return answeringWithin(ServerPool.REQUEST);
    }

    /** The same database for runs, which have a lease to keep; see {@link #answeringWithin}. */
    public StatusDatabase forRuns() {
        return answeringWithin(ServerPool.RUN);
    }

    /**
     * The same connections, of which one that says nothing for so long is given up, and what was asked of it is asked
     * again only when that was soon. On SQLite there is no network, and so no difference. Nobody closes it.
     */
    private StatusDatabase answeringWithin(Duration time) {
        if (dialect == Dialect.SQLITE) {
            return this;
        }
        DataSource pool = new AnsweringWithin(writer, time);
        return new StatusDatabase(dialect, new Statements(dialect, () -> {}, time.dividedBy(2)), pool, pool, List.of());
    }

    private static StatusDatabase openSqlite(String url, Runnable makeRoom) {
        SqliteFile.prepare(url);
        HikariDataSource writer = new HikariDataSource(sqliteWriter(url));
        try {
            SqliteFile.requireDurable(JdbcClient.create(writer));
            HikariDataSource reader = new HikariDataSource(sqliteReader(url));
            return new StatusDatabase(
                    Dialect.SQLITE, new Statements(Dialect.SQLITE, makeRoom), writer, reader, List.of(reader, writer));
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    private static HikariConfig sqliteWriter(String url) {
        HikariConfig config = pool("status-write", url);
        config.setMaximumPoolSize(1);
        config.setIdleTimeout(0);
        config.setConnectionTimeout(WAIT_FOR_WRITER.toMillis());
        config.setMaxLifetime(0);
        config.addDataSourceProperty("journal_mode", "WAL");
        config.addDataSourceProperty("synchronous", "FULL");
        config.addDataSourceProperty("foreign_keys", "true");
        config.addDataSourceProperty("journal_size_limit", String.valueOf(16 << 20));
        // DEFERRED, and every transaction begins with its write: with IMMEDIATE the driver takes the lock for the next
        // transaction inside commit(), and a commit that was done may then report SQLITE_BUSY.
        config.addDataSourceProperty("transaction_mode", "DEFERRED");
        config.addDataSourceProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT.toMillis()));
        return config;
    }

    private static HikariConfig sqliteReader(String url) {
        HikariConfig config = pool("status-read", url);
        config.setMaximumPoolSize(SQLITE_READERS);
        config.setMaxLifetime(0);
        config.setConnectionInitSql("pragma query_only = true");
        config.addDataSourceProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT.toMillis()));
        return config;
    }

    private static HikariConfig pool(String name, String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setMinimumIdle(1);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
        config.setExceptionOverride(new Eviction(Dialect.SQLITE));
        return config;
    }

    /**
     * For Flyway, which may take its time over a big table: connections that may write. On SQLite there is only one.
     */
    public DataSource migrationSource() {
        return dialect == Dialect.SQLITE ? writer : new AnsweringWithin(writer, Duration.ZERO);
    }

    /** For others who are in the same database: connections that may write. */
    public DataSource connections() {
        return writer;
    }

    /**
     * Runs a query on a connection that reads, and again where the database stumbles: for what other rooms keep here.
     *
     * @throws ExportsUnavailableException when the database can't be reached
     */
    public <T> T reading(Function<JdbcClient, T> query) {
        return statements.read(() -> query.apply(JdbcClient.create(reader)));
    }

    /** For changes that are one with others. */
    public Transactions transactions() {
        return new InOne(this);
    }

    /** The folder of this database's migrations below {@code db/migration}: {@code sqlite} or {@code postgresql}. */
    public String migrationFolder() {
        return dialect.folder();
    }

    /**
     * The version of the schema, as Flyway's history has it; empty when nothing was migrated yet. Cheap enough for a
     * health check.
     *
     * @throws ExportsUnavailableException when the database can't be reached
     */
    public OptionalInt schemaVersion() {
        JdbcClient client = JdbcClient.create(reader);
        long tables = statements.read(
                () -> client.sql(dialect.countHistoryTables()).query(Long.class).single());
        if (tables == 0) {
            return OptionalInt.empty();
        }
        return statements.read(() -> client
                .sql("select version from flyway_schema_history where success and version is not null")
                .query(String.class)
                .list()
                .stream()
                .mapToInt(Integer::parseInt)
                .max());
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }

    /** How every statement is run. */
    Statements statements() {
        return statements;
    }

    Dialect dialect() {
        return dialect;
    }

    DataSource writer() {
        return writer;
    }

    DataSource reader() {
        return reader;
    }

    /** Transactions of the writer. */
    private static final class InOne implements Transactions {
        private final Statements statements;
        private final TransactionTemplate template;

        InOne(StatusDatabase database) {
            this.statements = database.statements;
            this.template = new TransactionTemplate(new JdbcTransactionManager(database.writer));
        }

        @Override
        public <T> T inOne(Supplier<T> work, Supplier<Optional<T>> landed) {
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                return work.get();
            }
            // Not execute: the work's answer is never null, and the compiler can't know that through it.
            return statements.transaction(
                    () -> {
                        Result<T> result = new Result<>();
                        template.executeWithoutResult(status -> result.value = Optional.of(work.get()));
                        return result.value.orElseThrow();
                    },
                    landed);
        }

        private static final class Result<T> {
            private Optional<T> value = Optional.empty();
        }
    }

    /**
     * Has the pool close connections that had trouble: after SQLITE_BUSY one may believe that it is in a transaction,
     * after an I/O error it may take a sound file for a malformed one.
     */
    private record Eviction(Dialect dialect) implements SQLExceptionOverride {
        // Hikari's own "Override" hides the annotation here.
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return dialect.trouble(e) == Trouble.DEFECT
                    ? SQLExceptionOverride.Override.CONTINUE_EVICT
                    : SQLExceptionOverride.Override.MUST_EVICT;
        }
    }
}
