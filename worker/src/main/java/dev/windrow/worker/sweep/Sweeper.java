package dev.windrow.worker.sweep;

import dev.windrow.common.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sweeps of this process, each by itself, at once and then again and again. A sweep that takes long (a scrub
 * may read for minutes) keeps no other waiting: what a dead worker left has to be found within seconds. A sweep that
 * fails is tried at its next turn.
 */
public final class Sweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** No fewer than there are sweeps; threads are made when they are needed. */
    private static final int AT_ONCE = 8;

    private final ScheduledExecutorService scheduler =
            Executors.newScheduledThreadPool(AT_ONCE, new DaemonThreads("windrow-sweeper"));

    public void every(Duration pause, Runnable sweep) {
        // Its result is of no interest: it never ends by itself.
        var unused = scheduler.scheduleWithFixedDelay(() -> tick(sweep), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The border of a sweep: whatever it throws must not end its ticking. */
    private static void tick(Runnable sweep) {
        try {
            sweep.run();
        } catch (RuntimeException e) {
            log.warn("{} failed, and will be tried again: {}", sweep.getClass().getSimpleName(), e.toString());
        } catch (Throwable e) {
            // The scheduler would drop the sweep without a word, and lost exports would stay lost in a process that
            // calls itself ready.
            log.error("{} failed, and will be tried again", sweep.getClass().getSimpleName(), e);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
