package dev.windrow.app.signals;

import dev.windrow.common.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a database answered a moment ago. However often it is looked at, the database is asked once in five seconds, and
 * less often where an answer takes long: for two percent of the time at most, if nothing else is said. Whoever looks
 * waits for a third of a second at most. Safe for use by many threads, of which one asks at a time.
 */
final class RecentAnswer<T> {
    private static final Logger log = LoggerFactory.getLogger(RecentAnswer.class);
    private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long SHARE = 50;
    /** How long an answer holds when the next one does not come. */
    private static final long MOST_NANOS = Duration.ofMinutes(1).toNanos();

    private static final long PATIENCE_MILLIS = 300;

    private final Supplier<T> question;
    private final long share;
    private final LongSupplier nanos;
    private @Nullable FutureTask<@Nullable Void> asking;
    private @Nullable T answer;
    /** When it may be asked again. */
    private long nextAt;

    RecentAnswer(Supplier<T> question) {
        this(question, SHARE);
    }

    /** @param share the part of the time that the database may be asked at most, as one in so many */
    RecentAnswer(Supplier<T> question, long share) {
        this(question, share, System::nanoTime);
    }

    /** @param nanos a time as {@link System#nanoTime} has it */
    RecentAnswer(Supplier<T> question, LongSupplier nanos) {
        this(question, SHARE, nanos);
    }

    private RecentAnswer(Supplier<T> question, long share, LongSupplier nanos) {
        this.question = question;
        this.share = share;
        this.nanos = nanos;
        this.nextAt = nanos.getAsLong();
    }

    /** Null where the database is away, or has not answered for a minute. */
    @Nullable T get() {
        FutureTask<@Nullable Void> begun = begin();
        if (begun != null) {
            await(begun);
        }
        synchronized (this) {
            return nanos.getAsLong() - nextAt > MOST_NANOS ? null : answer;
        }
    }

    /** Asks, where it is time to and nobody is asking. */
    private synchronized @Nullable FutureTask<@Nullable Void> begin() {
        if (asking != null || nanos.getAsLong() - nextAt < 0) {
            return null;
        }
        FutureTask<@Nullable Void> next = new FutureTask<>(this::ask, null);
        asking = next;
        new DaemonThreads("windrow-statistics").newThread(next).start();
        return next;
    }

    private void ask() {
        long began = nanos.getAsLong();
        T found = null;
        try {
            found = question.get();
        } catch (RuntimeException e) {
            // Health says that the database is away; metrics show it by having nothing.
            log.debug("no statistics: {}", e.toString());
        }
        synchronized (this) {
            long now = nanos.getAsLong();
            answer = found;
            nextAt = now + Math.max(PAUSE_NANOS, share * (now - began));
            asking = null;
        }
    }

    private static void await(FutureTask<@Nullable Void> begun) {
        try {
            begun.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The last answer is shown meanwhile.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
