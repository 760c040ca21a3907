package dev.windrow.benchmarks;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Migrations;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the writes of progress cost beside a run, which waits for none of them: their CPU, at the most that there are in
 * a second.
 */
final class ProgressCost {
    private static final String PART = "progress";
    private static final int WRITES = 2_000;
    private static final double MOST_WRITES_A_SECOND = 4;

    private ProgressCost() {}

    static void measure(Results results) throws IOException {
        Path folder = Files.createTempDirectory("windrow-benchmark");
        try (StatusDatabase database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null)) {
            Migrations.run(database.migrationSource(), database.migrationFolder());
            JdbcExports exports = new JdbcExports(database, java.time.Clock.systemUTC());
            JdbcRuns runs = new JdbcRuns(database);
            Claim claim = claimed(exports, runs);
            write(runs, claim);
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            write(runs, claim);
            double spent = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9 / WRITES;
            results.add(PART, "One write of progress, CPU", "", "%.2f ms", 1000 * spent);
            double share = 100 * spent * MOST_WRITES_A_SECOND;
            results.add(
                    PART, "Progress, four writes a second, as a part of an export's time", "< 1 %", "%.2f %%", share);
        }
        Folders.delete(folder);
    }

    private static Claim claimed(JdbcExports exports, JdbcRuns runs) {
        ExportId id = new ExportId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
        ExportRequest request =
                new ExportRequest("sensors", Format.CSV, Map.of(), List.of("id"), FormatOptions.DEFAULT, "sensors.zip");
        exports.insert(Export.queued(id, "local", request, Instant.EPOCH));
        return runs.claimNext("benchmark", Instant.EPOCH, Duration.ofDays(1))
                .map(Export::lastClaim)
                .orElseThrow();
    }

    private static void write(JdbcRuns runs, Claim claim) {
        for (int i = 1; i <= WRITES; i++) {
            Progress progress = new Progress(
                    Phase.ROWS, i * 1000L, 10_000_000L, i * 0.01, i * 30_000L, new Pace(400_000, Instant.EPOCH), null);
            runs.progress(claim, progress, Instant.EPOCH.plusSeconds(i));
        }
    }
}
