package dev.windrow.worker.run;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the progress of all runs of this process, on one thread for all, which keeps their leases alive, and tells a
 * run that it has lost its claim.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final long TICK_MILLIS = 250;
    /** Soon, since somebody may be looking on; but a run that has ended by then has spared the table a write. */
    private static final long FIRST_MILLIS = 50;

    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("windrow-heartbeat"));

    /** One run's beat; closing it ends the beat. */
    interface Beat extends AutoCloseable {
        @Override
        void close();
    }

    /** @param lost called once, on the heartbeat's thread, when the claim turns out to be lost */
    Beat of(StatusLine status, Runnable lost) {
        Future<?> ticks = scheduler.scheduleWithFixedDelay(
                () -> tick(status, lost), FIRST_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return () -> ticks.cancel(false);
    }

    /** Runs something once, later, unless the heartbeat is closed by then. */
    void after(Duration delay, Runnable task) {
        // Its result is of no interest.
        var unused = scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void tick(StatusLine status, Runnable lost) {
        boolean held;
        try {
            held = status.beat();
        } catch (ExportsUnavailableException e) {
            log.warn("No heartbeat for export {}: {}", status.claim().id(), e.getMessage());
            return;
        } catch (RuntimeException e) {
            // The scheduler would drop the beat without a word, and a run that is well would lose its lease.
            log.error("No heartbeat for export {}", status.claim().id(), e);
            return;
        }
        if (!held) {
            lost.run();
            throw new LostBeatException();
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    /** Ends a periodic task: the scheduler runs none again that threw. */
    private static final class LostBeatException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
