package dev.windrow.common.export.jdbc.pool;

import com.zaxxer.hikari.HikariConfig;
import dev.windrow.common.url.ServerAddress;
import java.time.Duration;

/** How the pool of a process on PostgreSQL is. */
public final class ServerPool {
    /**
     * How long a connection is waited for. Together with {@link #REQUEST} less than two seconds, which is what a
     * request costs at most when the database is away.
     */
    private static final Duration CONNECTION = Duration.ofMillis(800);

    /** For the answer to a statement that a caller waits for. */
    public static final Duration REQUEST = Duration.ofMillis(1100);

    /**
     * For the answer to what a run tells. Half a lease: after a connection that went silent there is time to say by
     * another one that the run lives.
     */
    public static final Duration RUN = Duration.ofSeconds(5);

    /** Of a connection that rested, before it is lent again. */
    private static final Duration VALIDATION = Duration.ofMillis(250);

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private ServerPool() {}

    /** @param connections at most */
    public static HikariConfig of(ServerAddress server, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("status");
        config.setJdbcUrl(server.url());
        config.setUsername(server.username());
        config.setPassword(server.password());
        config.setDataSourceProperties(server.properties("windrow"));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION.toMillis());
        config.setValidationTimeout(VALIDATION.toMillis());
        config.setIdleTimeout(IDLE.toMillis());
        config.setKeepaliveTime(KEEP_ALIVE.toMillis());
        config.setMaxLifetime(LIFETIME.toMillis());
        // What was acknowledged is durable, whatever the server's or the role's default; stricter settings than "on"
        // stay.
        config.setConnectionInitSql("select set_config('synchronous_commit', 'on', false) "
                + "where current_setting('synchronous_commit') in ('off', 'local')");
        return config;
    }
}
