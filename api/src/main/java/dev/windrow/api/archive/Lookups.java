package dev.windrow.api.archive;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few requests at once look through an archive's directory or manifest: each holds a little memory and, where
 * there are very many entries, some time of a processor. Others wait for a moment and are then told to come back. Safe
 * for use by many threads.
 */
final class Lookups {
    private static final int AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 2;
    private static final int RETRY_SECONDS = 1;

    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /** Something that looks into an archive. */
    @FunctionalInterface
    interface Lookup<T> {
        T run() throws IOException;
    }

    <T> T run(Lookup<T> lookup) throws IOException {
        if (!hasPlace()) {
            throw new ProblemException(
                            ProblemType.UNAVAILABLE, "Too many look into archives at this moment; ask again shortly.")
                    .withRetryAfter(RETRY_SECONDS);
        }
        try {
            return lookup.run();
        } finally {
            places.release();
        }
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
