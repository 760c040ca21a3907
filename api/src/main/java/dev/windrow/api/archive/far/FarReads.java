package dev.windrow.api.archive.far;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads and the memory for reading from a store on the network. Opening, looking and fetching have threads of
 * their own each, so that a store that brings no bytes does not keep anybody from hearing that it is away. Safe for use
 * by many threads.
 */
public final class FarReads implements AutoCloseable {
    /** No caller waits longer to hear that the store is away. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);
    /** A directory of very many files is megabytes. */
    public static final Duration PATIENCE_TO_LOOK = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(FarReads.class);
    private static final int OPENING = 16;
    private static final int LOOKING = 4;
    private static final int FETCHING = 32;
    private static final int MOST_WAITING = 1_000;
    private static final int RETRY_SECONDS = 5;
    /** Chunks that downloads may hold beyond the one that each has: 8 MiB. */
    private static final int EXTRA_CHUNKS = 128;

    private static final int CACHED_BYTES = 16 << 20;

    private final ExecutorService opening = pool("store-open", OPENING, MOST_WAITING);
    private final ExecutorService looking = pool("store-look", LOOKING, MOST_WAITING);
    private final ExecutorService fetching = pool("store-fetch", FETCHING, Integer.MAX_VALUE);
    private final Semaphore extra = new Semaphore(EXTRA_CHUNKS);
    private final Blocks blocks =
            new Blocks(Math.min(CACHED_BYTES, Runtime.getRuntime().maxMemory() / 16));

    private static ExecutorService pool(String name, int threads, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "windrow-" + name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Asks the store something short, as whether an object is there.
     *
     * @return ends with a {@link ProblemException} of {@link ProblemType#UNAVAILABLE} where the store can't be reached
     *     or the time is up; with what else the question throws as it is
     */
    public <T extends Closeable> CompletableFuture<T> open(Callable<T> question) {
        return ask(opening, PATIENCE, question);
    }

    /** The same of what reads some of an object. */
    public <T> CompletableFuture<T> look(Duration patience, Callable<T> question) {
        return ask(looking, patience, question);
    }

    private static <T> CompletableFuture<T> ask(ExecutorService threads, Duration patience, Callable<T> question) {
        CompletableFuture<T> asked = new CompletableFuture<T>();
        // What the caller hears is made a problem; what the question found too late is closed.
        CompletableFuture<T> answer = asked.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(fault -> CompletableFuture.failedFuture(problem(fault)));
        try {
            threads.execute(() -> answer(asked, question));
        } catch (RejectedExecutionException e) {
            asked.completeExceptionally(e);
        }
        return answer;
    }

    /** A border: whatever a question throws is its answer. */
    private static <T> void answer(CompletableFuture<T> asked, Callable<T> question) {
        if (asked.isDone()) {
            return;
        }
        try {
            T found = question.call();
            if (!asked.complete(found) && found instanceof Closeable late) {
                late.close();
            }
        } catch (Throwable e) {
            asked.completeExceptionally(e);
        }
    }

    /** What to tell whoever asked; a defect stays one. */
    public static Throwable problem(Throwable fault) {
        if (fault instanceof IOException || fault instanceof TimeoutException) {
            log.warn("the store of archives can't be read: {}", fault.toString());
            return unavailable();
        }
        return fault instanceof RejectedExecutionException ? unavailable() : fault;
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                        ProblemType.UNAVAILABLE, "The store that keeps the archives can't be reached at this moment.")
                .withRetryAfter(RETRY_SECONDS);
    }

    /**
     * A stream whose bytes are fetched before they are wanted.
     *
     * @param source of that length; from now on read and closed by threads of ours, one at a time
     */
    public ReadAhead ahead(InputStream source, long length) {
        return new ReadAhead(source, length, fetching, extra);
    }

    /**
     * The same artifact for looks at it, of which blocks that were read before come out of memory.
     *
     * @param key of the artifact, which never has other bytes
     * @param artifact for what is not remembered; not closed with the channel
     */
    public SeekableByteChannel remembering(String key, SeekableByteChannel artifact) throws IOException {
        return new RememberingChannel(blocks, key, artifact);
    }

    @Override
    public void close() {
        opening.shutdownNow();
        looking.shutdownNow();
        fetching.shutdownNow();
    }
}
