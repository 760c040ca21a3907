package dev.windrow.worker.queue;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.thread.DaemonThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings by enqueuing a JobRunr job. Whoever answers a ring works until nothing is due, so where as many rings wait as
 * workers may be idle, one more is left out: it would be answered when nothing is left to do. Thread-safe.
 */
public final class Bell implements ExportQueue, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Bell.class);
    /** As many as {@code windrow.worker.concurrency} may be. */
    private static final int ENOUGH = 64;

    private static final int CLOSE_SECONDS = 2;

    private final RingStore store;
    private final JobRequestScheduler scheduler;
    private final Runnable rung;
    /**
     * One, since the queue's file has one writer at a time; and not the caller's, whom another program's lock on that
     * file must not hold up.
     */
    private final ThreadPoolExecutor ringer;

    /** @param rung told after each ring, to wake a worker of this process at once; must return at once */
    public Bell(RingStore store, Runnable rung) {
        this.store = store;
        this.scheduler = new JobRequestScheduler(store.storage());
        this.rung = rung;
        this.ringer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(ENOUGH),
                new DaemonThreads("windrow-bell"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void ring(ExportId id) {
        ringer.execute(() -> ringNow(id));
    }

    private void ringNow(ExportId id) {
        try {
            if (store.waiting() < ENOUGH) {
                scheduler.enqueue(new Ring(id.toString()));
                store.announce();
            }
            rung.run();
        } catch (RuntimeException e) {
            log.warn("no bell for export {}, it waits until it is found", id, e);
        }
    }

    /**
     * Makes the rings that were asked for, if that takes no longer than a moment; a reconciler recovers the
     * others.
     */
    @Override
    public void close() {
        ringer.shutdown();
        try {
            if (!ringer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.debug("{} rings are left to a reconciler", ringer.getQueue().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
