package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How soon an export begins, how fast many small ones are done, and how a start feels while others run. */
final class Queue {
    static final String LOAD = Workload.sensors(1).body();
    private static final String TINY = Workload.body("sensors", Map.of());
    private static final String PART = "queue";
    private static final int LONELY = 30;
    private static final int DRAINS = 3;
    private static final int TINIES = 300;
    private static final int POSTS = 300;

    private final Options options;
    private final Results results;

    Queue(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    void run(Path source) throws IOException {
        Path catalog = source.resolve("catalog.yaml");
        oneProcess(catalog);
        twoProcesses(catalog);
    }

    private void oneProcess(Path catalog) throws IOException {
        try (Server server =
                Server.start(options.launcher(), options.heap(), catalog, "--windrow.worker.concurrency=4")) {
            Client client = server.client();
            drain(client, 50);
            lonely("one process", "< 100 ms", client);
            List<Double> rates = new ArrayList<>();
            double cpu = server.cpuSeconds();
            for (int i = 0; i < DRAINS; i++) {
                rates.add(drain(client, TINIES));
            }
            double each = (server.cpuSeconds() - cpu) / DRAINS / TINIES;
            String what = TINIES + " tiny exports, from the first start to the last end";
            results.add(PART, what + ", first time", "≥ 60 /s", "%.0f /s", rates.get(0));
            results.add(PART, "… " + DRAINS + " times, median", "≥ 60 /s", "%.0f /s", Measured.median(rates));
            results.add(PART, "… the server's CPU for one of them", "", "%.1f ms", 1000 * each);
            double[] posts = postsBesideExports(client);
            String beside = String.format(Locale.ROOT, "`POST` while four exports of %,d rows run", options.rows());
            results.add(PART, beside + ", p99", "< 50 ms", "%.1f ms", Measured.quantile(posts, 0.99));
            results.add(PART, "… median", "", "%.1f ms", Measured.quantile(posts, 0.5));
        }
    }

    private void twoProcesses(Path catalog) throws IOException {
        // The first one makes the tables.
        try (Server all = Server.start(options.launcher(), options.heap(), catalog)) {
            all.stop();
            try (Server api = all.beside(options.launcher(), options.heap(), catalog, "--windrow.role=api");
                    Server worker = all.beside(options.launcher(), options.heap(), catalog, "--windrow.role=worker")) {
                drain(api.client(), 50);
                lonely("two processes", "< 300 ms", api.client());
            }
        }
    }

    private void lonely(String where, String goal, Client client) throws IOException {
        List<Double> first = new ArrayList<>();
        List<Double> whole = new ArrayList<>();
        for (int i = 0; i < LONELY; i++) {
            Wait.millis(50 + 37 * (i % 7));
            long began = System.nanoTime();
            first.add((double) client.await(client.start(TINY)).firstRowMillis());
            whole.add(1000 * Clock.secondsSince(began));
        }
        String what = "Start of an export → its first row, idle worker, " + where + ", median";
        results.add(PART, what, goal, "%.0f ms", Measured.median(first));
        results.add(PART, "… → the client knows that it is completed", "", "%.0f ms", Measured.median(whole));
    }

    /** Exports a second. */
    private static double drain(Client client, int exports) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < exports; i++) {
            ids.add(client.start(TINY));
        }
        Client.Done first = client.await(ids.get(0));
        Instant last = first.finishedAt();
        for (String id : ids) {
            Instant finished = client.await(id).finishedAt();
            last = finished.isAfter(last) ? finished : last;
        }
        return exports * 1000.0 / Duration.between(first.createdAt(), last).toMillis();
    }

    /** Milliseconds, sorted. */
    private static double[] postsBesideExports(Client client) throws IOException {
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            started.add(client.start(LOAD));
        }
        Wait.millis(300);
        double[] millis = new double[POSTS];
        for (int i = 0; i < POSTS; i++) {
            long began = System.nanoTime();
            started.add(client.start(TINY));
            millis[i] = 1000 * Clock.secondsSince(began);
            Wait.millis(10);
        }
        for (String id : started) {
            client.await(id);
        }
        Arrays.sort(millis);
        return millis;
    }
}
