package dev.windrow.worker.queue.jdbc;

import dev.windrow.common.thread.DaemonThreads;
import dev.windrow.common.url.ServerAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's LISTEN, by which a worker hears of a ring without asking. A connection that was lost, or says nothing,
 * is made again; since nobody knows what was missed meanwhile, that counts as a ring.
 */
final class RingListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RingListener.class);
    private static final String CHANNEL = "windrow_ring";
    static final String NOTIFY = "notify " + CHANNEL;

    /** How long nothing is heard before it is asked whether anybody is there. */
    private static final int QUIET_MILLIS = 10_000;

    private static final int ANSWER_SECONDS = 2;
    private static final long RETRY_MILLIS = 500;

    private final ServerAddress server;
    private final Runnable rung;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private boolean deaf;

    private RingListener(ServerAddress server, Runnable rung) {
        this.server = server;
        this.rung = rung;
    }

    static RingListener start(ServerAddress server, Runnable rung) {
        RingListener listener = new RingListener(server, rung);
        new DaemonThreads("windrow-listen").newThread(listener::run).start();
        return listener;
    }

    private void run() {
        try {
            do {
                listen();
            } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the connection is lost. The border of the thread. */
    private void listen() {
        try (Connection opened = DriverManager.getConnection(server.url(), server.login("windrow-listen"))) {
            connection = opened;
            try (Statement statement = opened.createStatement()) {
                statement.execute("listen " + CHANNEL);
            }
            if (deaf) {
                log.info("Rings of other processes are heard again");
                deaf = false;
            }
            rung.run();
            hear(opened);
        } catch (SQLException | RuntimeException e) {
            if (closed.getCount() > 0 && !deaf) {
                log.warn("Rings of other processes are not heard, and looked for now and then: {}", e.getMessage());
                deaf = true;
            }
        }
    }

    private void hear(Connection opened) throws SQLException {
        PGConnection listening = opened.unwrap(PGConnection.class);
        while (closed.getCount() > 0) {
            boolean heard = listening.getNotifications(QUIET_MILLIS).length > 0;
            if (!heard && !opened.isValid(ANSWER_SECONDS)) {
                throw new SQLException("the connection says nothing any more");
            }
            // What came with the answer to that question.
            if (heard || listening.getNotifications().length > 0) {
                rung.run();
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("the connection that listens did not close: {}", e.toString());
            }
        }
    }
}
