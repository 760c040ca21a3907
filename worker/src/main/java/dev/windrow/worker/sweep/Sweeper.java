package dev.windrow.worker.sweep;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the sweeps of this process, one after another on one thread, at once and then again and again. A sweep that fails is tried at its next turn. */
public final class Sweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "windrow-sweeper");
        thread.setDaemon(true);
        return thread;
    });

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
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
