package dev.windrow.worker.queue;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.worker.run.ExportRunner;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a ring with runs until nothing is due, so that a ring is needed only to begin. Public because JobRunr calls
 * it by reflection. A ring never fails and is never retried: what is still to be done stands in the status table.
 */
public final class RingHandler implements JobRequestHandler<Ring> {
    private static final Logger log = LoggerFactory.getLogger(RingHandler.class);

    private final ExportRunner runner;
    private final Supplier<Set<String>> enginesElsewhere;
    private final ExecutorService threads;

    /** @param threads of the runs: JobRunr interrupts its own when it switches itself off, and runs must go on then */
    RingHandler(ExportRunner runner, Supplier<Set<String>> enginesElsewhere, ExecutorService threads) {
        this.runner = runner;
        this.enginesElsewhere = enginesElsewhere;
        this.threads = threads;
    }

    @Override
    @Job(name = "ring", retries = 0)
    public void run(Ring ring) {
        if (ring.equals(Ring.NONE)) {
            return;
        }
        try {
            threads.submit(this::answer).get();
        } catch (RejectedExecutionException e) {
            log.debug("no run begins any more: the process shuts down");
        } catch (InterruptedException e) {
            // The run goes on by itself, and takes what is due after it.
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void answer() {
        try {
            boolean ran;
            do {
                ran = runner.runNext(enginesElsewhere.get());
            } while (ran && !Thread.currentThread().isInterrupted());
        } catch (ExportsUnavailableException e) {
            log.warn("No export claimed, the status table is not available: {}", e.getMessage());
        }
    }
}
