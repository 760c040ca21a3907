package dev.windrow.worker.queue;

import static org.jobrunr.server.configuration.BackgroundJobServerThreadType.PlatformThreads;

import dev.windrow.common.thread.DaemonThreads;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import dev.windrow.worker.run.ExportRunner;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.configuration.DefaultBackgroundJobServerWorkerPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the bell in this process: JobRunr's server, a waker that has it look for work as soon as there is some, and a
 * watchdog that starts it again when it has switched itself off, as it does after one busy database. Start it once,
 * close it once.
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

    private final WakefulServer server;
    private final QueueDatabase database;
    private final ExportRunner runner;
    private final Semaphore rung = new Semaphore(0);
    private final Thread waker = new DaemonThreads("windrow-waker").newThread(this::keepAwake);
    private volatile boolean closing;
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
        this.database = database;
        this.runner = runner;
        this.server = new WakefulServer(
                store.storage(),
                store.json(),
                activator(new RingHandler(runner, enginesElsewhere)),
                configuration(name, concurrency));
    }

    private static BackgroundJobServerConfiguration configuration(String name, int concurrency) {
        return BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andName(name)
                .andPollIntervalInSeconds(POLL_SECONDS)
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
        server.start();
        waker.start();
    }

    /** There may be a ring: look now. Returns at once; for any thread. */
    public void wake() {
        rung.release();
    }

    /** Whether rings are answered now. */
    public boolean isRunning() {
        // Started is not enough: it may never get as far as its first heartbeat.
        return server.isRunning() && server.isAnnounced();
    }

    private void keepAwake() {
        boolean wanted = true;
        while (!closing) {
            try {
                boolean rungHere = rung.tryAcquire(PROBE_MILLIS, TimeUnit.MILLISECONDS);
                boolean rungElsewhere = database.changed();
                wanted |= rungHere || rungElsewhere;
                rung.drainPermits();
                if (wanted && server.wake()) {
                    wanted = false;
                }
                restartIfStopped();
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
            server.start();
        }
    }

    /** Has running exports sync what they have and go back to the queue, and stops. Blocks for some seconds at most. */
    @Override
    public void close() {
        closing = true;
        runner.shutDown();
        waker.interrupt();
        Thread stopping = new DaemonThreads("windrow-stop").newThread(server::stop);
        stopping.start();
        try {
            stopping.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
