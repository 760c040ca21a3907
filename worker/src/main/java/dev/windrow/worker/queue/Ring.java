package dev.windrow.worker.queue;

import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * One ring of the bell, as JobRunr stores it. The names of this class and of {@link RingHandler} are in stored jobs:
 * they stay as they are, and where they are.
 *
 * @param exportId the export that caused it, for people to read; whoever answers claims the next one that is due
 */
public record Ring(String exportId) implements JobRequest {
    /** Nobody rang: what a stored job that is not ours is read as. */
    static final Ring NONE = new Ring("");

    @Override
    public Class<RingHandler> getJobRequestHandler() {
        return RingHandler.class;
    }
}
