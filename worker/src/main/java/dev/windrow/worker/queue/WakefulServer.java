package dev.windrow.worker.queue;

import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.JobSteward;
import org.jobrunr.server.tasks.steward.OnboardNewWorkTask;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;

/**
 * JobRunr's server, which by itself looks for work only every five seconds, with a way to make it look now. It runs
 * JobRunr's own task under JobRunr's own lock, so that a wake never onboards twice.
 */
final class WakefulServer extends BackgroundJobServer {
    WakefulServer(
            StorageProvider storage,
            JsonMapper json,
            JobActivator activator,
            BackgroundJobServerConfiguration configuration) {
        super(storage, json, activator, configuration);
    }

    /** Called by the super constructor: it may use no field of this class. */
    @Override
    protected JobSteward createJobSteward() {
        return new WakefulSteward(this);
    }

    /** @return false when it may have been in vain: a ring waits that this server could answer */
    boolean wake() {
        if (!isRunning() || isNotReadyToProcessJobs()) {
            return false;
        }
        ((WakefulSteward) getJobSteward()).onboard();
        // JobRunr's task does nothing where it runs already, and what runs may have looked before the ring was there.
        return !isIdle() || getStorageProvider().countJobs(StateName.ENQUEUED) == 0;
    }

    /** Whoever is not idle looks for rings when it is again. */
    boolean isIdle() {
        return getJobSteward().getOccupiedWorkerCount()
                < getWorkDistributionStrategy().getWorkerCount();
    }

    private static final class WakefulSteward extends JobSteward {
        WakefulSteward(BackgroundJobServer server) {
            super(server);
        }

        void onboard() {
            getTaskOfType(OnboardNewWorkTask.class).runTaskThreadSafe();
        }
    }
}
