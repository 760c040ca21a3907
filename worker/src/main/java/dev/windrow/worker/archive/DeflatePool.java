package dev.windrow.worker.archive;

import dev.windrow.common.thread.DaemonThreads;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/**
 * The threads that deflate the blocks of all archives of a process, and read them back, in the order in which they
 * come. Threads are daemons, named {@code windrow-deflate-n}. Safe for use by many threads.
 */
public final class DeflatePool implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;
    private final IntFunction<String> engines;
    /** By level; worked out when first asked for, since most processes only ever use one. */
    private final Map<Integer, String> knownEngines = new ConcurrentHashMap<>();

    /** Deflaters at rest, by level: changing a deflater's level may flush it, and so change the bytes. */
    private final List<ConcurrentLinkedDeque<Deflater>> idle = IntStream.rangeClosed(0, Deflater.BEST_COMPRESSION)
            .mapToObj(level -> new ConcurrentLinkedDeque<Deflater>())
            .toList();

    /**
     * Makes a pool; its threads start with the first blocks.
     *
     * @param threads how many blocks are deflated at a time, 1 or more; the cores of the machine are a good number
     */
    public DeflatePool(int threads) {
        this(threads, Engine::at);
    }

    /**
     * As {@link #DeflatePool(int)}, for those who want to be another engine than this JVM's.
     *
     * @param engines the engine's name, by level
     */
    public DeflatePool(int threads, IntFunction<String> engines) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + ", must be 1 or more");
        }
        this.threads = threads;
        this.engines = engines;
        AtomicInteger count = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(
                threads, task -> new DaemonThreads("windrow-deflate-" + count.incrementAndGet()).newThread(task));
    }

    /**
     * How many blocks an archive may have between its writer and its file: enough to keep every thread busy, and two
     * that wait.
     */
    int blocksInFlight() {
        return threads + 2;
    }

    /**
     * The name of the engine that deflates at that level, 0 to 9, as {@link Engine} gives it. The first call takes some
     * milliseconds.
     */
    public String engine(int level) {
        return knownEngines.computeIfAbsent(level, engines::apply);
    }

    /** Begins to deflate a block; nobody else may touch it until the answer is done. */
    Future<?> submit(Block block, int level) {
        return executor.submit(() -> deflate(block, level));
    }

    /** Begins other work of an archive's, which should be short. */
    Future<?> submit(Callable<?> work) {
        return executor.submit(work);
    }

    /**
     * Waits for what was submitted. An interrupt does not end the wait, which is short: it stays set, for the caller to
     * find between blocks.
     */
    static void await(Future<?> work) throws IOException {
        boolean interrupted = false;
        boolean done = false;
        try {
            while (!done) {
                try {
                    work.get();
                    done = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new IOException("a block could not be deflated or read back", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void deflate(Block block, int level) {
        ConcurrentLinkedDeque<Deflater> resting = idle.get(level);
        Deflater taken = resting.pollFirst();
        Deflater deflater = taken != null ? taken : new Deflater(level, true);
        try {
            block.deflate(deflater);
            deflater.reset();
            resting.addFirst(deflater);
        } catch (RuntimeException | Error e) {
            deflater.end();
            throw e;
        }
    }

    /**
     * Takes no more blocks, deflates those that are there, and ends the threads. Waits for that even in an interrupted
     * thread; the interrupt stays set.
     */
    @Override
    public void close() {
        executor.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        idle.forEach(resting -> resting.forEach(Deflater::end));
        idle.forEach(ConcurrentLinkedDeque::clear);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
