package dev.windrow.worker.files;

import dev.windrow.common.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's waiting for a store that may be away, slow or full for minutes: what is asked of it is asked again, with a
 * back-off, while the run shows that it lives and may be told to stop. Belongs to the run's thread.
 */
final class Patience implements Replicas.Waiting {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 15_000;
    /** A cancel is heeded within this. */
    private static final long LOOK_MILLIS = 100;

    private final Replicas replicas;
    private final WorkFiles files;
    private final LongConsumer stillWanted;

    /** @param stillWanted told of 0 bytes, often; what it throws ends the waiting */
    Patience(WorkFiles files, LongConsumer stillWanted) {
        this.replicas = files.replicas();
        this.files = files;
        this.stillWanted = stillWanted;
    }

    /**
     * Asks until there is an answer. That something is not there is one, or that it is and is something else, or that
     * this worker's own disk is broken: nothing that waiting could mend.
     *
     * @throws StoreUnavailableException when the time is over
     */
    @Override
    public <T> T until(Replicas.Question<T> question) throws IOException {
        if (!replicas.areKept()) {
            return question.answer();
        }
        long began = System.nanoTime();
        long wait = FIRST_WAIT_MILLIS;
        boolean told = false;
        while (true) {
            try {
                T answer = question.answer();
                if (told) {
                    log.info("the store of archives answers again");
                }
                return answer;
            } catch (NoSuchFileException | FileAlreadyExistsException | StorageFullException e) {
                throw e;
            } catch (IOException e) {
                files.probe();
                if (System.nanoTime() - began > replicas.patience().toNanos()) {
                    throw new StoreUnavailableException(e);
                }
                if (!told) {
                    log.warn("waits for the store of archives: {}", e.toString());
                    told = true;
                }
            }
            pause(wait);
            wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        }
    }

    /**
     * Asks on another thread, which is left behind when the run is told to stop: a store that takes its time with a big
     * archive must hold up neither a cancel nor a shutdown.
     */
    <T> T untilBeside(Replicas.Question<T> question) throws IOException {
        return replicas.areKept() ? until(() -> beside(question)) : question.answer();
    }

    private <T> T beside(Replicas.Question<T> question) throws IOException {
        FutureTask<T> asked = new FutureTask<>(question::answer);
        new DaemonThreads("windrow-publish").newThread(asked).start();
        boolean answered = false;
        try {
            while (true) {
                try {
                    T answer = asked.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    answered = true;
                    return answer;
                } catch (TimeoutException e) {
                    stillWanted.accept(0);
                } catch (InterruptedException e) {
                    // Whoever is told that the run lives finds out that it is not to.
                    Thread.currentThread().interrupt();
                    stillWanted.accept(0);
                } catch (ExecutionException e) {
                    answered = true;
                    throw unwrapped(e);
                }
            }
        } finally {
            if (!answered) {
                asked.cancel(true);
            }
        }
    }

    /** As it was thrown there, for who catches it here. */
    private static IOException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException defect) {
            throw defect;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    private void pause(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
            stillWanted.accept(0);
            try {
                Thread.sleep(Math.min(left, LOOK_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        stillWanted.accept(0);
    }
}
