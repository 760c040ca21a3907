package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much memory exports take: few rows and many, one and four at once. */
final class Memory {
    private final Options options;
    private final Results results;

    Memory(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    /** The greater export with little heap, and four at once. */
    void run(Path source, Path big) throws IOException {
        double small;
        try (Server server = Server.start(options.launcher(), "64m", big.resolve("catalog.yaml"))) {
            String few =
                    Queue.body("sensor-readings", "{\"sensor_id\":\"load\",\"end_ts\":" + timeOf(big, 100_000) + "}");
            server.export(few);
            server.export(few);
            small = server.peakResident();
            results.add("memory", "Peak resident memory at -Xmx64m, 100,000 rows", "", "%.0f MB", small);
        }
        try (Server server = Server.start(options.launcher(), "64m", big.resolve("catalog.yaml"))) {
            server.export(Queue.LOAD);
            String rows = String.format(Locale.ROOT, "%,d", options.bigRows());
            results.add(
                    "memory",
                    "Peak resident memory at -Xmx64m, " + rows + " rows",
                    "≤ 180 MB",
                    "%.0f MB",
                    server.peakResident());
            results.add("memory", "… to that of 100,000 rows", "≤ 1.10", "%.2f", server.peakResident() / small);
        }
        try (Server server = Server.start(
                options.launcher(), "96m", source.resolve("catalog.yaml"), "--windrow.worker.concurrency=4")) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ids.add(server.client().start(Queue.LOAD));
            }
            for (String id : ids) {
                server.client().await(id);
            }
            results.add(
                    "memory",
                    "Four exports at once at -Xmx96m, peak resident memory",
                    "they end",
                    "%.0f MB",
                    server.peakResident());
        }
    }

    private static long timeOf(Path source, long row) throws IOException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + source.resolve("sources/sensors.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Workload.sensors(1).query() + " limit 1 offset " + row)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
