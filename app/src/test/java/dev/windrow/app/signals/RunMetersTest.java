package dev.windrow.app.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.jdbc.JdbcExportUpkeep;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.testkit.Migrations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of runs, by what they write to a real table. */
final class RunMetersTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Failure FULL = new Failure(FailureCode.STORAGE_FULL, "There is no room");

    @TempDir
    Path folder;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private StatusDatabase database;
    private JdbcExports exports;
    private Runs runs;
    private ExportUpkeep upkeep;
    private int ids;

    @BeforeEach
    void open() {
        database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        Clock clock = Clock.fixed(START.plusSeconds(7), ZoneOffset.UTC);
        RunMeters run = new RunMeters(meters, new Catalog(List.of()), clock, nanos::get);
        exports = new JdbcExports(database, clock);
        runs = new MeteredRuns(new JdbcRuns(database), run);
        upkeep = new MeteredUpkeep(new JdbcExportUpkeep(database), run);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Claim claim(Duration waited) {
        return runs.claimNext("worker", START.plus(waited), LEASE).orElseThrow().lastClaim();
    }

    /** A start, and its first claim two seconds later. */
    private Claim begun() {
        ids++;
        ExportRequest request =
                new ExportRequest("gone", Format.CSV, Map.of(), List.of("n"), FormatOptions.DEFAULT, "gone.zip");
        exports.insert(Export.queued(new ExportId(new UUID(0x7000L, ids)), "ann", request, START));
        return claim(Duration.ofSeconds(2));
    }

    private static Progress progress(long rows, @Nullable Long kept) {
        return new Progress(Phase.ROWS, rows, null, null, rows * 10, Progress.Pace.NONE, kept);
    }

    private boolean checkpoint(Claim claim, long rows, @Nullable Long kept) {
        Checkpoint checkpoint = new Checkpoint(claim.number(), 6, "zlib:0/6", 4096, List.of());
        return runs.checkpoint(claim, checkpoint, progress(rows, kept), START.plus(LEASE));
    }

    private boolean complete(Claim claim, long rows, @Nullable Long kept) {
        Artifact artifact = Artifact.zip(claim, rows * 10, "0".repeat(64), List.of());
        return runs.complete(claim, artifact, progress(rows, kept), START.plusSeconds(12), START.plusSeconds(99));
    }

    private double count(String name, String... labels) {
        return meters.get(name).tags(labels).counter().count();
    }

    private double seconds(String name, String... labels) {
        return meters.get(name).tags(labels).timer().totalTime(TimeUnit.SECONDS);
    }

    private double checkpointAge() {
        return meters.get("windrow.checkpoint.age.seconds").gauge().value();
    }

    @Test
    void countsRowsBytesAndTimesOfWhatIsCompleted() {
        Claim claim = begun();
        assertThat(complete(claim, 100, null)).isTrue();
        assertThat(complete(claim, 100, null)).as("once more").isFalse();

        String[] labels = {"dataset", "_other", "format", "csv"};
        assertThat(count("windrow.export.rows", labels)).isEqualTo(100);
        assertThat(count("windrow.export.bytes", labels)).isEqualTo(1000);
        assertThat(seconds("windrow.export.seconds", labels)).isEqualTo(10);
        assertThat(seconds("windrow.export.wait.seconds")).isEqualTo(2);
        assertThat(seconds("windrow.first.row.seconds")).isEqualTo(7);
    }

    @Test
    void seesTheFirstRowOnceAndOfTheFirstRunAlone() {
        Claim claim = begun();
        runs.progress(claim, progress(0, null), START.plus(LEASE));
        assertThat(meters.get("windrow.first.row.seconds").timer().count()).isZero();
        runs.progress(claim, progress(5, null), START.plus(LEASE));
        runs.progress(claim, progress(6, null), START.plus(LEASE));
        runs.handOver(claim);
        complete(claim(Duration.ofSeconds(5)), 10, null);

        assertThat(meters.get("windrow.first.row.seconds").timer().count()).isEqualTo(1);
        assertThat(meters.get("windrow.export.wait.seconds").timer().count()).isEqualTo(1);
    }

    @Test
    void tellsRunsThatGoOnFromThoseThatBeginAnew() {
        Claim first = begun();
        checkpoint(first, 50, null);
        runs.handOver(first);
        Claim second = claim(Duration.ofSeconds(3));
        // Until it has looked, it shows what the row had.
        runs.progress(second, progress(50, 7L), START.plus(LEASE));
        checkpoint(second, 60, 50L);
        checkpoint(second, 70, 50L);
        assertThat(count("windrow.resumes")).isEqualTo(1);
        assertThat(count("windrow.restarts")).isZero();

        runs.handOver(second);
        complete(claim(Duration.ofSeconds(4)), 100, null);
        assertThat(count("windrow.resumes")).isEqualTo(1);
        assertThat(count("windrow.restarts")).isEqualTo(1);
    }

    @Test
    void countsFailuresAndRetriesByTheirReason() {
        Claim claim = begun();
        runs.tryAgain(claim, FULL, START);
        Claim again = claim(Duration.ofSeconds(3));
        runs.fail(again, FULL, START.plusSeconds(4));
        assertThat(runs.fail(again, FULL, START.plusSeconds(4))).as("once more").isFalse();

        assertThat(count("windrow.retries", "type", "storage-full")).isEqualTo(1);
        assertThat(count("windrow.failures", "type", "storage-full")).isEqualTo(1);
    }

    @Test
    void countsWhatASweepGivesUp() {
        begun();
        upkeep.giveUp(upkeep.held().get(0), new Failure(FailureCode.LOST_TOO_OFTEN, "Lost"), START.plusSeconds(30));

        assertThat(count("windrow.failures", "type", "lost-too-often")).isEqualTo(1);
    }

    @Test
    void isAsOldAsTheOldestLastCheckpointOfARun() {
        assertThat(checkpointAge()).isZero();
        Claim older = begun();
        pass(10);
        Claim newer = begun();
        assertThat(checkpointAge()).isEqualTo(10);
        checkpoint(older, 1, null);
        pass(3);
        assertThat(checkpointAge()).isEqualTo(3);
        runs.handOver(older);
        assertThat(checkpointAge()).isEqualTo(3);
        exports.cancel(newer.id(), "ann", START.plusSeconds(9));
        assertThat(runs.progress(newer, progress(1, null), START.plus(LEASE))).isFalse();
        assertThat(checkpointAge()).isZero();
    }

    /** Such as one that was left to its lease while the database was away. */
    @Test
    void forgetsARunThatSaysNothingMore() {
        Claim claim = begun();
        pass(119);
        assertThat(checkpointAge()).isEqualTo(119);
        runs.progress(claim, progress(1, null), START.plus(LEASE));
        pass(119);
        assertThat(checkpointAge()).isEqualTo(238);
        pass(2);
        assertThat(checkpointAge()).isZero();
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
