package dev.windrow.worker.queue;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.StorageException;

/** Rings by enqueuing a JobRunr job. Thread-safe. */
public final class Bell implements ExportQueue {
    private final JobRequestScheduler scheduler;
    private final Runnable rung;

    /** @param rung told after each ring, to wake a worker of this process at once; must return at once */
    public Bell(RingStore store, Runnable rung) {
        this.scheduler = new JobRequestScheduler(store.storage());
        this.rung = rung;
    }

    @Override
    public void ring(ExportId id) {
        try {
            scheduler.enqueue(new Ring(id.toString()));
        } catch (StorageException e) {
            throw new IllegalStateException("not rung for export " + id, e);
        }
        rung.run();
    }
}
