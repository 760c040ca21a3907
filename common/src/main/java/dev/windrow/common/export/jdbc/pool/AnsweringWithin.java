package dev.windrow.common.export.jdbc.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.core.InfrastructureProxy;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool's connections with another time for an answer, which the pool takes back when they return. To Spring's
 * transactions it is the pool itself: who has begun one decides on the time for all that belongs to it. Safe for use by
 * many threads.
 */
public final class AnsweringWithin extends DelegatingDataSource implements InfrastructureProxy {
    private final DataSource pool;
    private final Duration time;

    /** @param time after which a connection that says nothing is closed; zero for none */
    public AnsweringWithin(DataSource pool, Duration time) {
        super(pool);
        // Spring looks one wrapping deep for the pool that a transaction is of.
        this.pool = pool instanceof AnsweringWithin other ? other.pool : pool;
        this.time = time;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = pool.getConnection();
        try {
            // The driver sets it on the socket and uses no thread.
            connection.setNetworkTimeout(Runnable::run, (int) time.toMillis());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The pool itself, through others of this class: by it Spring finds the connection that a transaction has. */
    @Override
    public Object getWrappedObject() {
        return pool instanceof InfrastructureProxy other ? other.getWrappedObject() : pool;
    }
}
