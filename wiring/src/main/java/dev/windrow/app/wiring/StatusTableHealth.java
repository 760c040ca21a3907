package dev.windrow.app.wiring;

import dev.windrow.common.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the status table can be read, as every request and every claim has to, with every column that they need. On
 * SQLite no writer's lock keeps it waiting; where many readers do, or a network, a probe is answered all the same, by
 * what was found a moment before. Safe for use by many threads, of which one asks at a time.
 */
final class StatusTableHealth implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(StatusTableHealth.class);
    private static final long PATIENCE_MILLIS = 500;
    private static final Duration MOMENT = Duration.ofSeconds(10);

    private final Runnable table;
    private final Duration moment;
    private @Nullable FutureTask<Boolean> asking;
    private long readNanos;
    private boolean read;

    /** @param table asks for all that requests and runs need of it, and throws where something is missing */
    StatusTableHealth(Runnable table) {
        this(table, MOMENT);
    }

    /** @param moment for how long an answer holds while the next one is waited for */
    StatusTableHealth(Runnable table, Duration moment) {
        this.table = table;
        this.moment = moment;
    }

    @Override
    public Health health() {
        boolean up;
        try {
            up = ask().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            up = wasReadAMomentAgo();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            up = false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return up ? Health.up().build() : Health.down().build();
    }

    private synchronized Future<Boolean> ask() {
        FutureTask<Boolean> known = asking;
        if (known != null && !known.isDone()) {
            return known;
        }
        FutureTask<Boolean> next = new FutureTask<>(this::isReadable);
        asking = next;
        new DaemonThreads("status-table-health").newThread(next).start();
        return next;
    }

    private boolean isReadable() {
        try {
            table.run();
        } catch (RuntimeException e) {
            // Whatever it is, requests meet it too. The reason is for the log alone: it may hold SQL, or a path.
            log.warn("not ready: the status table can't be read: {}", e.toString());
            synchronized (this) {
                read = false;
            }
            return false;
        }
        synchronized (this) {
            read = true;
            readNanos = System.nanoTime();
        }
        return true;
    }

    private synchronized boolean wasReadAMomentAgo() {
        boolean recently = read && System.nanoTime() - readNanos < moment.toNanos();
        if (!recently) {
            log.warn("not ready: the status table does not answer");
        }
        return recently;
    }
}
