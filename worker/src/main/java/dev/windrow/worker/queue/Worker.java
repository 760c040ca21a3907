package dev.windrow.worker.queue;

import static org.jobrunr.server.configuration.BackgroundJobServerThreadType.PlatformThreads;

import dev.windrow.common.thread.DaemonThreads;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import dev.windrow.worker.queue.jdbc.QueueDatabase.Listening;
import dev.windrow.worker.run.ExportRunner;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.configuration.DefaultBackgroundJobServerWorkerPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the bell in this process: JobRunr's server, a waker that has it look for work as soon as there is some and
 * starts it again when it has switched itself off, as it does after one busy database, and a watchdog that looks at
 * what both have done, not at what they say of themselves. Start it once, close it once.
 */
public final class Worker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    /** How often other processes' rings are looked for. */
    private static final long PROBE_MILLIS = 100;
    /** A queue that stays away is not asked more often than this. */
    private static final long RESTART_NANOS = 1_000_000_000L;
    /**
     * How long JobRunr waits for exports at a shutdown, in seconds: they need no longer than a query that has to be
     * ended.
     */
    private static final int AWAIT_SECONDS = 6;
    /**
     * A queue that another program has locked must not hold a shutdown up: JobRunr would wait for it to say good-bye.
     */
    private static final long STOP_MILLIS = 7_000;
    /** JobRunr's shortest. */
    private static final int POLL_SECONDS = 5;
    /** On a server, where rings are heard and every look of every worker is the server's work. */
    private static final int SLOW_POLL_SECONDS = 15;
    /**
     * So many polls of silence and JobRunr takes a server for dead. By JobRunr the clocks of machines are compared, so
     * where they are several it is five minutes; all that waits for it are rings, which the reconciler replaces.
     */
    private static final int POLLS_OF_THE_DEAD = 4;

    private static final int SLOW_POLLS_OF_THE_DEAD = 20;
    /** Three slow polls and what they may take, and longer than SQLite waits for another program's lock. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final long WATCH_MILLIS = 1_000;
    /** Of runs that were told to end, once JobRunr waits for them no longer. */
    private static final long LAST_MILLIS = 500;

    private final PulsedStorage storage;
    private final WakefulServer server;
    private final QueueDatabase database;
    private final ExportRunner runner;
    private final ExecutorService runs;
    private final Duration silence;
    private final Semaphore rung = new Semaphore(0);
    private final DaemonThreads wakers = new DaemonThreads("windrow-waker");
    private final Thread watchdog = new DaemonThreads("windrow-watchdog").newThread(this::watch);
    /** The one that counts: another may still hang in what it was given up for. */
    private volatile Thread waker = wakers.newThread(this::keepAwake);

    private volatile Listening listening = () -> {};
    private volatile boolean closing;
    private volatile long cameRound;
    /** The waker's own, once it runs. */
    private long startedAt;

    /**
     * @param enginesElsewhere as in {@link ExportRunner#runNext(Set)}, asked for each time
     * @param name this process's name, for people to read
     * @param concurrency exports at once
     */
    public Worker(
            RingStore store,
            QueueDatabase database,
            ExportRunner runner,
            Supplier<Set<String>> enginesElsewhere,
            String name,
            int concurrency) {
        this(store, database, runner, enginesElsewhere, name, concurrency, SILENCE);
    }

    /** @param silence after which what has not come round is started again */
    Worker(
            RingStore store,
            QueueDatabase database,
            ExportRunner runner,
            Supplier<Set<String>> enginesElsewhere,
            String name,
            int concurrency,
            Duration silence) {
        this.database = database;
        this.runner = runner;
        this.silence = silence;
        this.runs = Executors.newFixedThreadPool(concurrency, new DaemonThreads("windrow-run"));
        this.storage = new PulsedStorage(store.storage());
        this.server = new WakefulServer(
                storage,
                store.json(),
                activator(new RingHandler(runner, enginesElsewhere, runs)),
                configuration(name, concurrency, database.isShared()));
    }

    private static BackgroundJobServerConfiguration configuration(String name, int concurrency, boolean shared) {
        return BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andName(name)
                .andPollIntervalInSeconds(shared ? SLOW_POLL_SECONDS : POLL_SECONDS)
                .andServerTimeoutPollIntervalMultiplicand(shared ? SLOW_POLLS_OF_THE_DEAD : POLLS_OF_THE_DEAD)
                // Virtual threads, the default of newer JDKs, let JobRunr claim what it can't start, and declare it
                // lost then.
                .andBackgroundJobServerWorkerPolicy(
                        new DefaultBackgroundJobServerWorkerPolicy(concurrency, PlatformThreads))
                .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(Duration.ofSeconds(AWAIT_SECONDS))
                .andDeleteSucceededJobsAfter(Duration.ofMinutes(10))
                .andPermanentlyDeleteDeletedJobsAfter(Duration.ofHours(1));
    }

    private static JobActivator activator(RingHandler handler) {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                if (type != RingHandler.class) {
                    throw new IllegalStateException("the queue asks for a class that is not ours");
                }
                return type.cast(handler);
            }
        };
    }

    public void start() {
        startedAt = System.nanoTime();
        cameRound = startedAt;
        storage.begin();
        server.start();
        waker.start();
        watchdog.start();
        listening = database.listen(this::wake);
    }

    /** There may be a ring: look now. Returns at once; for any thread. */
    public void wake() {
        rung.release();
    }

    /** Whether rings are answered now. */
    public boolean isRunning() {
        // Started is not enough: it may never get as far as its first heartbeat, or have hung since its last.
        return server.isRunning() && server.isAnnounced() && !isJobRunrSilent() && !isWakerSilent();
    }

    private boolean isJobRunrSilent() {
        return storage.age() > silence.toNanos();
    }

    private boolean isWakerSilent() {
        return System.nanoTime() - cameRound > silence.toNanos();
    }

    private void keepAwake() {
        boolean wanted = true;
        while (!closing && Thread.currentThread() == waker) {
            try {
                boolean rungHere = rung.tryAcquire(PROBE_MILLIS, TimeUnit.MILLISECONDS);
                boolean rungElsewhere = database.changed();
                wanted |= rungHere || rungElsewhere;
                rung.drainPermits();
                if (!server.isIdle()) {
                    storage.needsNoLook();
                }
                if (wanted && server.wake()) {
                    wanted = false;
                }
                restartIfStopped();
                cameRound = System.nanoTime();
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) {
                // An Error too: without this thread nobody starts JobRunr again.
                log.warn("The queue is not available: {}", e.toString());
            }
        }
    }

    private void restartIfStopped() {
        if (!closing && !server.isRunning() && System.nanoTime() - startedAt > RESTART_NANOS) {
            log.warn("JobRunr has switched itself off; starting it again");
            startedAt = System.nanoTime();
            storage.begin();
            server.start();
        }
    }

    /** Starts again what hangs. Asks the database for nothing, so that it hangs with nobody. */
    private void watch() {
        try {
            while (!closing) {
                Thread.sleep(WATCH_MILLIS);
                if (isWakerSilent()) {
                    log.warn("Nobody has looked for rings for {}; another thread does from now on", silence);
                    cameRound = System.nanoTime();
                    waker = wakers.newThread(this::keepAwake);
                    waker.start();
                }
                if (server.isRunning() && isJobRunrSilent()) {
                    log.warn("JobRunr has done nothing for {}; stopping it, to start it again", silence);
                    storage.begin();
                    new DaemonThreads("windrow-stop").newThread(server::stop).start();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has running exports sync what they have and go back to the queue, and stops. Blocks for some seconds at most. */
    @Override
    public void close() {
        closing = true;
        listening.close();
        runner.shutDown();
        waker.interrupt();
        watchdog.interrupt();
        Thread stopping = new DaemonThreads("windrow-stop").newThread(server::stop);
        stopping.start();
        try {
            runs.shutdown();
            stopping.join(STOP_MILLIS);
            runs.shutdownNow();
            if (!runs.awaitTermination(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
                log.debug("a run is left to its lease");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
