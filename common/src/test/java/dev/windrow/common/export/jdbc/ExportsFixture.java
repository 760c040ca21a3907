package dev.windrow.common.export.jdbc;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.options.FormatOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An empty status table, and short ways to fill it. */
abstract class ExportsFixture {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    static final Duration LEASE = Duration.ofSeconds(15);
    static final Instant LATER = NOW.plusSeconds(60);
    static final Failure FULL = new Failure(FailureCode.STORAGE_FULL, "There is no room");

    StatusDatabase database;
    JdbcExports exports;
    JdbcRuns runs;
    JdbcExportUpkeep upkeep;
    private long ids;

    abstract TestDatabase testDatabase();

    @BeforeEach
    final void open() {
        database = testDatabase().open();
        JdbcClient.create(database.writer()).sql("delete from exports").update();
        exports = new JdbcExports(database, Clock.fixed(NOW, ZoneOffset.UTC));
        runs = new JdbcRuns(database);
        upkeep = new JdbcExportUpkeep(database);
    }

    @AfterEach
    final void close() {
        database.close();
    }

    /** Each sorts after the one before, as ids made one after another do. */
    final ExportId nextId() {
        ids++;
        return new ExportId(new UUID(NOW.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L | ids));
    }

    final ExportId queue(String owner) {
        ExportId id = nextId();
        exports.insert(Export.queued(id, owner, request("readings"), NOW));
        return id;
    }

    final Claim claim() {
        return claimed(NOW).lastClaim();
    }

    final Export claimed(Instant now) {
        return runs.claimNext("worker", now, LEASE).orElseThrow();
    }

    /** An export of ann that runs. */
    final Claim running() {
        queue("ann");
        return claim();
    }

    final Export row(Claim claim) {
        return exports.find(claim.id(), "ann").orElseThrow();
    }

    static ExportRequest request(String dataset) {
        return new ExportRequest(
                dataset,
                Format.CSV,
                Map.of("sensor", "s-1"),
                List.of("at", "value"),
                FormatOptions.DEFAULT,
                "readings.zip");
    }

    static Progress progress(long rows, Double percent) {
        return new Progress(Phase.ROWS, rows, 1000L, percent, rows * 10, new Pace(250, NOW.plusMillis(rows)), null);
    }

    static Checkpoint checkpoint(Claim claim, long rows) {
        Checkpoint.Entry open = new Checkpoint.Entry(
                "readings.csv",
                new Checkpoint.Stored(0, 4_000_000_000L, 77, 0xffff_ffffL),
                rows,
                "[\"k\",7]",
                Map.of("replaced", 2L),
                null);
        Checkpoint.Entry done =
                new Checkpoint.Entry("first.csv", new Checkpoint.Stored(12, 34, 5, 6), 7, null, Map.of(), null);
        return new Checkpoint(claim.number(), 6, "zlib:0123456789abcdef/6", 4096, List.of(done, open));
    }

    static Artifact artifact(Claim claim) {
        return Artifact.zip(
                claim,
                5_000_000_000L,
                "0123456789abcdef".repeat(4),
                List.of(new Artifact.Entry("readings.csv", 900, 9_000_000_000L)));
    }
}
