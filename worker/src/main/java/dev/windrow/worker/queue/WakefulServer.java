package dev.windrow.worker.queue;

import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.JobSteward;
import org.jobrunr.server.tasks.steward.OnboardNewWorkTask;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;

/**
 * JobRunr's server, which by itself looks for work only every five seconds, with a way to make it look now. It runs JobRunr's own task
 * under JobRunr's own lock, so that a wake never onboards twice.
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

    /** @return false when the server does not take work now, so that the wake was in vain */
    boolean wake() {
        if (!isRunning() || isNotReadyToProcessJobs()) {
            return false;
        }
        ((WakefulSteward) getJobSteward()).onboard();
        return true;
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
