package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much memory exports take: few rows and many, one and four at once. */
final class Memory {
    private static final String PART = "memory";
    private static final String HEAP = "64m";
    private static final long FEW = 100_000;

    private final Options options;
    private final Results results;

    Memory(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    /** The greater export with little heap, and four at once. */
    void run(Path data) throws IOException {
        Readings readings = new Readings(options.bigRows(), "wal");
        Path folder = readings.prepare(data);
        Path catalog = folder.resolve("catalog.yaml");
        Path database = readings.database(folder);
        List<Double> peaks = new ArrayList<>();
        for (long rows : List.of(FEW, options.rows(), options.bigRows())) {
            peaks.add(peak(catalog, rows, Readings.body(database, rows)));
        }
        double most = peaks.get(peaks.size() - 1);
        String what =
                String.format(Locale.ROOT, "peak resident memory at -Xmx%s, %,d rows, MB", HEAP, options.bigRows());
        results.atMost(PART, what, 190, most, "");
        double flat = peaks.stream()
                .mapToDouble(peak -> Math.abs(most / peak - 1))
                .max()
                .orElse(0);
        results.atMost(PART, "… furthest from that of fewer rows, %", 5, 100 * flat, "");
        fourAtOnce(new Readings(options.rows(), "wal").prepare(data).resolve("catalog.yaml"));
    }

    private double peak(Path catalog, long rows, String body) throws IOException {
        try (Server server = Server.start(options.launcher(), HEAP, catalog)) {
            Wait.seconds(2);
            double idle = server.resident();
            server.export(body);
            server.export(body);
            double peak = server.peakResident();
            String what = String.format(Locale.ROOT, "Peak resident memory at -Xmx%s, %,d rows", HEAP, rows);
            String format = String.format(Locale.ROOT, "%%.0f MB (idle before: %.0f MB)", idle);
            results.add(PART, what, "", format, peak);
            return peak;
        }
    }

    private void fourAtOnce(Path catalog) throws IOException {
        try (Server server = Server.start(options.launcher(), "96m", catalog, "--windrow.worker.concurrency=4")) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ids.add(server.client().start(Readings.body()));
            }
            for (String id : ids) {
                server.client().await(id);
            }
            String what = "Four exports at once at -Xmx96m, peak resident memory";
            results.add(PART, what, "they end", "%.0f MB", server.peakResident());
        }
    }
}
