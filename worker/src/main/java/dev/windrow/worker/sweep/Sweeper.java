package dev.windrow.worker.sweep;

import dev.windrow.common.thread.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the sweeps of this process, each by itself, at once and then again and again. A sweep that takes long (a scrub
 * may read for minutes) keeps no other waiting: what a dead worker left has to be found within seconds. A sweep that
 * fails is tried at its next turn.
 */
public final class Sweeper implements AutoCloseable {
    /** No fewer than there are sweeps; threads are made when they are needed. */
    private static final int AT_ONCE = 10;

    private final ScheduledExecutorService scheduler =
            Executors.newScheduledThreadPool(AT_ONCE, new DaemonThreads("windrow-sweeper"));

    /** Several are run one after another, which takes fewer connections than all at once. */
    public void every(Duration pause, Runnable... sweeps) {
        List<Tick> turn = Stream.of(sweeps).map(Tick::new).toList();
        // Its result is of no interest: it never ends by itself.
        var unused = scheduler.scheduleWithFixedDelay(
                () -> turn.forEach(Tick::run), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    /** The border of a sweep: whatever it throws must not end its ticking. */
    private static final class Tick {
        private final Runnable sweep;
        private final ThrottledLog problems = new ThrottledLog();

        Tick(Runnable sweep) {
            this.sweep = sweep;
        }

        void run() {
            try {
                sweep.run();
            } catch (RuntimeException e) {
                problems.failed(sweep.getClass().getSimpleName(), e);
            } catch (Throwable e) {
                // The scheduler would drop the sweep without a word, and lost exports would stay lost in a process that
                // calls itself ready.
                problems.broken(sweep.getClass().getSimpleName(), e);
            }
        }
    }
}
