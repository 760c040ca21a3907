package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured of Windrow alone: start, latency, drain, flat memory. */
final class Behaviour {
    static final String LOAD = Workload.sensors(1).body();
    private static final String TINY = body("sensors", "{}");
    private static final int STARTS = 5;
    private static final int LONELY = 30;
    private static final int TINIES = 300;
    private static final int POSTS = 300;

    private final Options options;
    private final Results results;

    Behaviour(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    private static String body(String dataset, String parameters) {
        return "{\"dataset\":\"" + dataset + "\",\"format\":\"csv\",\"parameters\":" + parameters + "}";
    }

    /** From the start of the process until it is ready, and what an idle one holds. */
    void start(Path source) throws IOException {
        List<Double> seconds = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            try (Server server = Server.start(options.launcher(), options.heap(), source.resolve("catalog.yaml"))) {
                seconds.add(server.startSeconds());
                Wait.seconds(2);
                resident.add(server.resident());
            }
        }
        results.add("start", "Start until ready", "", "%.2f s", median(seconds));
        results.add("start", "Resident memory, idle (heap " + options.heap() + ")", "", "%.0f MB", median(resident));
    }

    /** How soon an export begins, how fast many small ones are done, and how a start feels while others run. */
    void queue(Path source) throws IOException {
        Path catalog = source.resolve("catalog.yaml");
        try (Server server =
                Server.start(options.launcher(), options.heap(), catalog, "--windrow.worker.concurrency=4")) {
            Client client = server.client();
            drain(client, 50);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < LONELY; i++) {
                Wait.millis(50 + 37 * (i % 7));
                millis.add((double) client.await(client.start(TINY)).firstRowMillis());
            }
            results.add(
                    "queue",
                    "Start of an export → its first row, idle worker, median",
                    "< 100 ms",
                    "%.0f ms",
                    median(millis));
            results.add(
                    "queue",
                    "300 tiny exports, from the first start to the last end",
                    "≥ 60 /s",
                    "%.0f /s",
                    drain(client, TINIES));
            results.add(
                    "queue",
                    "`POST`, p99 while four exports of " + String.format(Locale.ROOT, "%,d", options.rows())
                            + " rows run",
                    "< 50 ms",
                    "%.1f ms",
                    postsBesideExports(client));
        }
    }

    /** Exports a second. */
    private static double drain(Client client, int exports) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < exports; i++) {
            ids.add(client.start(TINY));
        }
        Client.Done first = client.await(ids.get(0));
        Client.Done last = first;
        for (String id : ids) {
            Client.Done done = client.await(id);
            last = done.finishedAt().isAfter(last.finishedAt()) ? done : last;
        }
        return exports
                * 1000.0
                / Duration.between(first.createdAt(), last.finishedAt()).toMillis();
    }

    private static double postsBesideExports(Client client) throws IOException {
        List<String> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(client.start(LOAD));
        }
        Wait.millis(300);
        double[] millis = new double[POSTS];
        for (int i = 0; i < POSTS; i++) {
            long began = System.nanoTime();
            running.add(client.start(TINY));
            millis[i] = 1000 * Clock.secondsSince(began);
            Wait.millis(10);
        }
        for (String id : running) {
            client.await(id);
        }
        Arrays.sort(millis);
        return Measured.quantile(millis, 0.99);
    }

    /** The greater export with little heap, and four at once. */
    void memory(Path source, Path big) throws IOException {
        double small;
        try (Server server = Server.start(options.launcher(), "64m", big.resolve("catalog.yaml"))) {
            String few = body("sensor-readings", "{\"sensor_id\":\"load\",\"end_ts\":" + timeOf(big, 100_000) + "}");
            server.export(few);
            server.export(few);
            small = server.peakResident();
            results.add("memory", "Peak resident memory at -Xmx64m, 100,000 rows", "", "%.0f MB", small);
        }
        try (Server server = Server.start(options.launcher(), "64m", big.resolve("catalog.yaml"))) {
            server.export(LOAD);
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
                ids.add(server.client().start(LOAD));
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

    private static double median(List<Double> values) {
        return Measured.quantile(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 0.5);
    }
}
