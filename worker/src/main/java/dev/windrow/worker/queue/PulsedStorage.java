package dev.windrow.worker.queue;

import java.util.List;
import org.jobrunr.jobs.Job;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.storage.BackgroundJobServerStatus;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.ThreadSafeStorageProvider;
import org.jobrunr.storage.navigation.AmountRequest;

/**
 * JobRunr's storage, with a note of when the database last answered what JobRunr does again and again: to say that its
 * server lives, and to look for rings. Safe for use by many threads.
 */
final class PulsedStorage extends ThreadSafeStorageProvider {
    private volatile long beat;
    private volatile long look;

    PulsedStorage(StorageProvider storage) {
        super(storage);
        begin();
    }

    /** Counts from now on. */
    void begin() {
        beat = System.nanoTime();
        look = beat;
    }

    /** Nobody looks for rings who could answer none. */
    void needsNoLook() {
        look = System.nanoTime();
    }

    /** Of what has been done the longest ago, in nanoseconds. */
    long age() {
        long now = System.nanoTime();
        return Math.max(now - beat, now - look);
    }

    @Override
    public void announceBackgroundJobServer(BackgroundJobServerStatus status) {
        super.announceBackgroundJobServer(status);
        beat = System.nanoTime();
    }

    @Override
    public boolean signalBackgroundJobServerAlive(BackgroundJobServerStatus status) {
        boolean answer = super.signalBackgroundJobServerAlive(status);
        beat = System.nanoTime();
        return answer;
    }

    @Override
    public List<Job> getJobsToProcess(BackgroundJobServer server, AmountRequest amount) {
        List<Job> jobs = super.getJobsToProcess(server, amount);
        look = System.nanoTime();
        return jobs;
    }
}
