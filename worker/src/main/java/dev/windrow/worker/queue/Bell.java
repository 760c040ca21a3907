package dev.windrow.worker.queue;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageException;

/**
 * Rings by enqueuing a JobRunr job. Whoever answers a ring works until nothing is due, so where as many rings wait as workers may be
 * idle, one more is left out: it would be answered when nothing is left to do. Thread-safe.
 */
public final class Bell implements ExportQueue {
    /** As many as {@code windrow.worker.concurrency} may be. */
    private static final int ENOUGH = 64;

    private final RingStore store;
    private final JobRequestScheduler scheduler;
    private final Runnable rung;

    /** @param rung told after each ring, to wake a worker of this process at once; must return at once */
    public Bell(RingStore store, Runnable rung) {
        this.store = store;
        this.scheduler = new JobRequestScheduler(store.storage());
        this.rung = rung;
    }

    @Override
    public void ring(ExportId id) {
        try {
            if (store.waiting() < ENOUGH) {
                scheduler.enqueue(new Ring(id.toString()));
            }
        } catch (StorageException e) {
            throw new IllegalStateException("not rung for export " + id, e);
        }
        rung.run();
    }
}
