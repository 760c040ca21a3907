package dev.windrow.app.signals;

import dev.windrow.app.catalog.CatalogListener;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Progress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What becomes of this process's runs, as {@code MeteredRuns} and {@code MeteredUpkeep} see it: a change of the status
 * table counts when it was won. Safe for use by many threads.
 */
public final class RunMeters implements CatalogListener {
    /** A run writes each second. One that has said nothing for so long has left, however that came. */
    private static final long SILENT_NANOS = Duration.ofMinutes(2).toNanos();

    private final MeterRegistry meters;
    private final Catalog catalog;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Timer wait;
    private final Timer firstRow;
    private final Map<Claim, Ongoing> ongoing = new ConcurrentHashMap<>();

    public RunMeters(MeterRegistry meters, Catalog catalog, Clock clock) {
        this(meters, catalog, clock, System::nanoTime);
    }

    /** @param nanos a time as {@link System#nanoTime} has it */
    RunMeters(MeterRegistry meters, Catalog catalog, Clock clock, LongSupplier nanos) {
        this.meters = meters;
        this.catalog = catalog;
        this.clock = clock;
        this.nanos = nanos;
        this.wait = Times.histogram(
                meters, "windrow.export.wait.seconds", "From a start until a worker has taken the export");
        this.firstRow = Times.histogram(
                meters, "windrow.first.row.seconds", "From a start until the export's first row is written");
        showAll();
        // Held by the registry: nobody else may hold this.
        Gauge.builder("windrow.checkpoint.age.seconds", () -> checkpointAge())
                .description("Since the last checkpoint of the run that had its last one the longest ago")
                .baseUnit("seconds")
                .register(meters);
    }

    /** What has not happened yet shows as 0: a rate needs to know where it began. */
    private void showAll() {
        for (Dataset dataset : catalog.datasets()) {
            for (Format format : dataset.formats()) {
                Tags labels = labels(dataset.name(), format);
                seconds(labels);
                rows(labels);
                bytes(labels);
            }
        }
        for (FailureCode code : FailureCode.values()) {
            failures(code);
            retries(code);
        }
        resumes();
        restarts();
    }

    @Override
    public void catalogChanged() {
        showAll();
    }

    void claimed(Export export, Instant now) {
        if (isFirst(export)) {
            wait.record(since(export.times().created(), now));
        }
        ongoing.put(export.lastClaim(), new Ongoing(export, nanos.getAsLong()));
    }

    private static boolean isFirst(Export export) {
        return export.lastClaim().number() == 1;
    }

    /** The run writes, whatever comes of it. */
    void heard(Claim claim) {
        Ongoing run = ongoing.get(claim);
        if (run != null) {
            run.heardAt = nanos.getAsLong();
        }
    }

    void progressed(Claim claim, Progress progress) {
        Ongoing run = ongoing.get(claim);
        if (run != null && progress.rowsWritten() > 0) {
            hasRows(run);
        }
    }

    void checkpointed(Claim claim, Progress progress) {
        progressed(claim, progress);
        Ongoing run = ongoing.get(claim);
        if (run != null) {
            run.checkpointAt = nanos.getAsLong();
            begun(run, progress);
        }
    }

    void completed(Claim claim, Progress progress, Instant finished) {
        Ongoing run = ongoing.get(claim);
        if (run == null) {
            return;
        }
        hasRows(run);
        begun(run, progress);
        Export export = run.export;
        Tags labels = labels(export.request().dataset(), export.request().format());
        Instant started = export.times().started();
        seconds(labels).record(since(started == null ? export.times().created() : started, finished));
        rows(labels).increment((double) progress.rowsWritten());
        bytes(labels).increment((double) progress.bytesWritten());
        left(claim);
    }

    void failed(FailureCode code) {
        failures(code).increment();
    }

    void triedAgain(FailureCode code) {
        retries(code).increment();
    }

    void left(Claim claim) {
        ongoing.remove(claim);
    }

    /** An export without rows has shown all of them at its end. */
    private void hasRows(Ongoing run) {
        if (!run.hasRows) {
            run.hasRows = true;
            if (isFirst(run.export)) {
                firstRow.record(since(run.export.times().created(), clock.instant()));
            }
        }
    }

    /** Its first checkpoint, or its end, says what it began with. */
    private void begun(Ongoing run, Progress progress) {
        if (!run.begun) {
            run.begun = true;
            Export.Run before = run.export.run();
            if (before.checkpoint() != null || before.intent() != null) {
                (progress.resumedFromRow() == null ? restarts() : resumes()).increment();
            }
        }
    }

    /** Seconds; 0 where nothing runs. */
    private double checkpointAge() {
        long now = nanos.getAsLong();
        ongoing.values().removeIf(run -> now - run.heardAt > SILENT_NANOS);
        return ongoing.values().stream()
                .mapToDouble(run -> (now - run.checkpointAt) / 1e9)
                .max()
                .orElse(0);
    }

    /** Clocks of two machines may differ; no time is less than none. */
    private static Duration since(Instant from, Instant to) {
        return from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
    }

    private Tags labels(String dataset, Format format) {
        return Tags.of("dataset", DatasetLabel.of(catalog, dataset), "format", format.id());
    }

    private Timer seconds(Tags labels) {
        return Timer.builder("windrow.export.seconds")
                .description("From the first claim of an export to its completion")
                .tags(labels)
                .register(meters);
    }

    private Counter rows(Tags labels) {
        return counter("windrow.export.rows", "Rows of completed exports", labels);
    }

    private Counter bytes(Tags labels) {
        return counter("windrow.export.bytes", "Bytes of the archives of completed exports", labels);
    }

    private Counter failures(FailureCode code) {
        return counter("windrow.failures", "Exports that failed", Tags.of("type", code.id()));
    }

    private Counter retries(FailureCode code) {
        return counter(
                "windrow.retries", "Runs that failed and are tried again by themselves", Tags.of("type", code.id()));
    }

    private Counter resumes() {
        return counter("windrow.resumes", "Runs that went on from what an earlier one had", Tags.empty());
    }

    private Counter restarts() {
        return counter("windrow.restarts", "Runs that began anew though an earlier one had a checkpoint", Tags.empty());
    }

    private Counter counter(String name, String description, Tags labels) {
        return Counter.builder(name).description(description).tags(labels).register(meters);
    }

    /** A run of this process. Its fields are written by its own thread and its heartbeat, one at a time. */
    private static final class Ongoing {
        private final Export export;
        private volatile long checkpointAt;
        private volatile long heardAt;
        private volatile boolean hasRows;
        private volatile boolean begun;

        Ongoing(Export export, long now) {
            this.export = export;
            this.checkpointAt = now;
            this.heardAt = now;
        }
    }
}
