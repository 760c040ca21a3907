package dev.windrow.benchmarks;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.quota.Weights;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Migrations;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a claim costs where very many exports wait, and what weights add to that: the same claims with and without them,
 * in turn.
 */
final class ClaimCost {
    private static final String PART = "claims";
    private static final int MANY = 10_000;
    private static final int OWNERS = 1_000;
    private static final int ROUNDS = 9;
    private static final int CLAIMS = 40;
    private static final double TINY_EXPORT_MILLIS = 1000.0 / 60;

    private ClaimCost() {}

    static void measure(Results results) throws IOException {
        Path folder = Files.createTempDirectory("windrow-benchmark");
        try (StatusDatabase database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null)) {
            Migrations.run(database.migrationSource(), database.migrationFolder());
            fill(database);
            JdbcRuns even = new JdbcRuns(database);
            JdbcRuns few = new JdbcRuns(database, weights(10));
            JdbcRuns all = new JdbcRuns(database, weights(OWNERS));
            List<Double> evenMillis = new ArrayList<>();
            List<Double> fewMillis = new ArrayList<>();
            List<Double> allMillis = new ArrayList<>();
            claim(even);
            for (int i = 0; i < ROUNDS; i++) {
                evenMillis.add(claim(even));
                fewMillis.add(claim(few));
                allMillis.add(claim(all));
            }
            double alone = Measured.median(evenMillis);
            String where = String.format(Locale.ROOT, "%,d exports of %,d callers wait", MANY + OWNERS - 1, OWNERS);
            results.add(PART, "One claim, CPU, while " + where, "", "%.2f ms", alone);
            tell(results, "… with weights for 10 of them", Measured.median(fewMillis), alone);
            tell(results, "… with weights for all of them", Measured.median(allMillis), alone);
        }
        Folders.delete(folder);
    }

    private static void tell(Results results, String what, double millis, double alone) throws IOException {
        results.add(PART, what, "", "%.2f ms", millis);
        double share = 100 * Math.max(0, millis - alone) / TINY_EXPORT_MILLIS;
        results.add(PART, "… more, as a part of a tiny export at 60 /s", "≤ 10 %", "%.1f %%", share);
    }

    private static Weights weights(int owners) {
        Map<String, Integer> weights = new HashMap<>();
        for (int i = 0; i < owners; i++) {
            weights.put("owner " + i, 2 + i % 5);
        }
        return new Weights(weights);
    }

    private static void fill(StatusDatabase database) {
        JdbcExports exports = new JdbcExports(database, java.time.Clock.systemUTC());
        var unused = database.transactions()
                .inOne(
                        () -> {
                            for (int i = 0; i < MANY + OWNERS - 1; i++) {
                                exports.insert(queued(i, "owner " + Math.max(0, i - MANY + 1)));
                            }
                            return true;
                        },
                        Optional::empty);
    }

    private static Export queued(int i, String owner) {
        ExportId id = new ExportId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | i));
        ExportRequest request =
                new ExportRequest("sensors", Format.CSV, Map.of(), List.of("id"), FormatOptions.DEFAULT, "sensors.zip");
        return Export.queued(id, owner, request, Instant.EPOCH);
    }

    /** Milliseconds of this thread's CPU for each: SQLite runs in it. */
    private static double claim(JdbcRuns runs) {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < CLAIMS; i++) {
            var unused = runs.claimNext("benchmark", Instant.EPOCH, Duration.ofDays(1))
                    .orElseThrow();
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e6 / CLAIMS;
    }
}
