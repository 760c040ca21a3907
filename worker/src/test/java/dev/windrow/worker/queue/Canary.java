package dev.windrow.worker.queue;

import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * A class of the queue's own package that nothing but a stranger's row names. It tells when it is loaded, made or
 * called.
 */
public final class Canary implements JobRequest, JobRequestHandler<Canary> {
    static final String TOLD = "windrow.test.canary";
    public static final Canary FIELD;

    private static final long serialVersionUID = 1L;

    static {
        tell("loaded");
        FIELD = new Canary();
    }

    public Canary() {
        tell("made");
    }

    @Override
    public Class<Canary> getJobRequestHandler() {
        return Canary.class;
    }

    @Override
    public void run(Canary request) {
        tell("run");
    }

    public static void call() {
        tell("called");
    }

    private static void tell(String what) {
        System.setProperty(TOLD, System.getProperty(TOLD, "") + what + " ");
    }
}
