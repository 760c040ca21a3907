package dev.windrow.worker.run;

import dev.windrow.common.access.Gate;
import dev.windrow.common.access.Standing;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Runs;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.thread.DaemonThreads;
import dev.windrow.common.trace.Traces;
import dev.windrow.worker.files.Inheritance;
import dev.windrow.worker.files.Inheritance.Inherited;
import dev.windrow.worker.files.Replication;
import dev.windrow.worker.files.RunSpace;
import dev.windrow.worker.files.WorkDisk;
import dev.windrow.worker.files.WorkFiles;
import dev.windrow.worker.run.Failures.RefusedRunException;
import dev.windrow.worker.run.StopSignal.StoppedException;
import dev.windrow.worker.run.trace.RunTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Claims exports and runs them, each on the calling thread; the one place that turns what went wrong into an export's
 * end. Safe for use by many threads, each of which runs one export at a time.
 */
public final class ExportRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExportRunner.class);
    /** A block in the making gets this long at a shutdown; a query that takes longer is ended. */
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(3);

    private final Runs runs;
    private final Catalog catalog;
    private final RunResources resources;
    private final Standing standing;
    private final Traces traces;
    private final ExecutorService counting;
    private final Heartbeat heartbeat = new Heartbeat();
    private final Set<StopSignal> running = ConcurrentHashMap.newKeySet();
    private final Inheritance inheritance;
    private final WorkDisk disk;
    private final RunEnds ends;
    private volatile boolean shuttingDown;

    /**
     * Whoever runs what is due.
     *
     * @param standing is asked at the beginning of each run whether what it was granted is still good
     * @param traces shows what it does
     */
    public ExportRunner(Runs runs, Catalog catalog, RunResources resources, Standing standing, Traces traces) {
        this.traces = traces;
        this.runs = runs;
        this.catalog = catalog;
        this.resources = resources;
        this.standing = standing;
        this.counting = Executors.newCachedThreadPool(new DaemonThreads("windrow-count"));
        this.inheritance =
                new Inheritance(resources.publishing(), resources.files(), resources.space(), resources.deflate());
        this.disk = new WorkDisk(resources.files(), resources.space());
        this.ends = new RunEnds(runs, resources, disk);
    }

    /**
     * As {@link #runNext(Set)}, and leaves nothing to others.
     */
    public boolean runNext() {
        return runNext(Set.of());
    }

    /**
     * Claims the next export that is due, in fair order, and runs it to its end on this thread. If this thread is
     * interrupted meanwhile, the export goes back to the queue from where it is, and the thread stays interrupted.
     *
     * @param enginesElsewhere engines of other workers that look for work: what one of them has begun is left to them
     * @return false when none was due, the process shuts down, or its disk can't be used and other workers' may
     * @throws ExportsUnavailableException when the status table can't be asked; nothing was claimed then
     */
    public boolean runNext(Set<String> enginesElsewhere) {
        if (shuttingDown || !disk.isOpen()) {
            return false;
        }
        RunSettings settings = resources.settings();
        Export export = runs.claimNext(
                        settings.worker(), resources.clock().instant(), settings.lease(), enginesElsewhere)
                .orElse(null);
        if (export == null) {
            return false;
        }
        try (MDC.MDCCloseable ignored = MDC.putCloseable("export", export.id().toString());
                RunTrace trace = RunTrace.of(export, traces, runs)) {
            run(export, trace);
        }
        return true;
    }

    /** How many exports it runs at this moment. */
    public int running() {
        return running.size();
    }

    /** Takes no new work, and has every run sync what it has and give its export back. Returns at once. */
    public void shutDown() {
        shuttingDown = true;
        running.forEach(this::shutDown);
    }

    private void shutDown(StopSignal stop) {
        stop.shutDown();
        heartbeat.after(SHUTDOWN_GRACE, stop::unblock);
    }

    @Override
    public void close() {
        shutDown();
        heartbeat.close();
        counting.shutdown();
    }

    private void run(Export export, RunTrace trace) {
        StopSignal stop = new StopSignal();
        running.add(stop);
        if (shuttingDown) {
            shutDown(stop);
        }
        try {
            end(export, stop, trace);
        } catch (ExportsUnavailableException e) {
            // Nothing can be said of it now: the lease lapses, and whoever takes it over goes on from the checkpoint.
            log.warn("left to its lease: the status table is not available", e);
        } finally {
            running.remove(stop);
            resources.files().replicas().leave(export.lastClaim());
            if (stop.wasInterrupted()) {
                // It was meant for whoever owns the thread.
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs to an end, whichever it is. This is the border at which what went wrong becomes a reason. */
    private void end(Export export, StopSignal stop, RunTrace trace) {
        long began = System.nanoTime();
        try {
            log.info(
                    "started: dataset {}, claim {}",
                    export.request().dataset(),
                    export.lastClaim().number());
            Artifact artifact = runClaimed(export, stop);
            ends.completed(export);
            long rows = artifact.rows();
            trace.completed(rows, artifact.bytes());
            log.info(
                    "completed: {} rows, {} bytes, {} ms",
                    rows,
                    artifact.bytes(),
                    (System.nanoTime() - began) / 1_000_000);
        } catch (StoppedException e) {
            trace.stopped();
            ends.stopped(export, e.reason(), e);
        } catch (SourceException e) {
            stoppedOrFailed(export, stop, trace, Failures.of(e), e);
        } catch (IOException e) {
            stoppedOrFailed(export, stop, trace, Failures.of(e), e);
        } catch (ExportsUnavailableException e) {
            stop.heedInterrupt();
            if (!stop.wasInterrupted() && !resources.space().isFull()) {
                throw e;
            }
            // It is this run's own file that may leave no room for the status.
            stoppedOrFailed(export, stop, trace, Failures.full(), e);
        } catch (RuntimeException e) {
            stoppedOrFailed(export, stop, trace, Failures.defect(), e);
        }
    }

    private Artifact runClaimed(Export export, StopSignal stop) throws IOException, SourceException, StoppedException {
        Figures figures = new Figures(export, resources.clock(), System::nanoTime);
        StatusLine status = new StatusLine(
                runs,
                export.lastClaim(),
                figures,
                resources.settings(),
                resources.clock(),
                System::nanoTime,
                insistence(stop));
        LongConsumer copied = bytes -> {
            figures.alive();
            stop.check("what an earlier claim left");
        };
        try (Heartbeat.Beat ignored = heartbeat.of(status, stop::lose)) {
            // Also before a sealed archive is taken over: what was allowed then may not be now.
            refuseFormerRights(export);
            Artifact published = inheritance.published(export, copied).orElse(null);
            if (published != null) {
                figures.begin(published.rows());
                status.complete(published, resources.settings().artifactRetention());
                log.info("took over what claim {} had sealed", published.writtenAs());
                return published;
            }
            ExportPlan plan = ExportPlan.of(export, catalog);
            String recipe = plan.recipe(resources.source().maskedBy());
            Inherited inherited = inheritance.adopted(export, recipe, copied);
            status.begin(export, inherited);
            try (RunSpace.Place place = resources.space().enter(export, inherited.checkpoint());
                    Replication replication = replication(export.lastClaim(), inherited)) {
                Counting count = new Counting(resources.source(), counting, export, plan, figures);
                ExportRun.Beginning beginning =
                        new ExportRun.Beginning(inherited.checkpoint(), recipe, replication, traces);
                return new ExportRun(resources, export, plan, status, stop, beginning, count).run();
            } finally {
                status.leave();
            }
        }
    }

    private Replication replication(Claim claim, Inherited inherited) {
        WorkFiles files = resources.files();
        return files.replicas()
                .begin(claim, files.of(claim), inherited.replica(), replica -> runs.replicate(claim, replica));
    }

    private Insistence insistence(StopSignal stop) {
        // What a run may be silent for, it may wait for.
        return new Insistence(stop, resources.settings().hungAfter(), System::nanoTime, resources.space()::isFull);
    }

    private void refuseFormerRights(Export export) throws RefusedRunException {
        String name = export.request().dataset();
        Dataset dataset = catalog.find(name).orElse(null);
        boolean held = standing.holds(export.owner(), export.grant(), name)
                && (dataset == null || Gate.held(dataset, export.grant()).isPresent());
        if (!held) {
            throw new RefusedRunException(
                    FailureCode.NOT_ALLOWED,
                    "The rights that the export was started with do not give dataset " + name
                            + " any more; a retry takes those of now");
        }
    }

    /** What a stopped run was blocked in fails as a consequence: the reason to stop is the truth then. */
    private void stoppedOrFailed(Export export, StopSignal stop, RunTrace trace, Failure failure, Exception cause) {
        stop.heedInterrupt();
        StopSignal.Reason reason = stop.reason();
        if (reason != null) {
            trace.stopped();
            ends.stopped(export, reason, cause);
            return;
        }
        trace.failed(failure.code());
        try {
            insistence(stop).until(() -> ends.failed(export, failure, cause));
        } catch (StoppedException e) {
            ends.stopped(export, e.reason(), e);
        }
    }
}
