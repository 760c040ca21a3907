package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * How far the remaining time that an export tells is from the time that it then takes, of the first export of a process
 * and of the next one. A factor of 2 is twice as long, or half as long.
 */
final class Remaining {
    private static final String PART = "remaining";
    private static final long LOOK_MILLIS = 200;
    private static final double GOAL = 2;
    /** Whole seconds are told: of less than these their rounding is most of the difference. */
    private static final double LEAST_SECONDS = 4;

    private final Options options;
    private final Results results;

    Remaining(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    /** A figure, when it was told, in seconds since the start. */
    private record Told(double at, long seconds) {
        double factor(double end) {
            double truth = end - at;
            return Math.max(seconds / truth, truth / seconds);
        }
    }

    void run(Path data) throws IOException {
        run(data, Workload.sensors(5 * options.rows()), List.of("csv", "json", "xlsx"));
        run(data, Workload.projects(2 * options.wideRows()), List.of("csv", "json"));
        run(data, Workload.posts(2 * options.wideRows()), List.of("csv", "json"));
    }

    /** @param formats that the example's catalog has */
    private void run(Path data, Workload workload, List<String> formats) throws IOException {
        Path catalog = workload.prepare(data).resolve("catalog.yaml");
        for (String format : formats) {
            String body = workload.body().replace("\"csv\"", '"' + format + '"');
            try (Server server = Server.start(options.launcher(), options.heap(), catalog)) {
                measure(workload.title() + ", " + format + ", first export of a process", server.client(), body);
                measure(workload.title() + ", " + format + ", next one", server.client(), body);
            }
        }
    }

    private void measure(String what, Client client, String body) throws IOException {
        long began = System.nanoTime();
        String id = client.start(body);
        List<Told> told = new ArrayList<>();
        JsonNode export = client.look(id);
        while (export.path("state").asString().matches("queued|running")) {
            JsonNode seconds = export.path("progress").path("remainingSeconds");
            if (seconds.isNumber() && seconds.asLong() > 0) {
                told.add(new Told(Clock.secondsSince(began), seconds.asLong()));
            }
            Wait.millis(LOOK_MILLIS);
            export = client.look(id);
        }
        double end = Clock.secondsSince(began);
        if (told.isEmpty()) {
            results.add(PART, "Remaining time of " + what + ": none told in", "", "%.1f s", end);
            return;
        }
        Told first = told.get(0);
        String words = String.format(
                Locale.ROOT,
                "Remaining time of %s, first told after %.1f s of %.1f: %d s, factor",
                what,
                first.at(),
                end,
                first.seconds());
        results.atMost(PART, words, GOAL, first.factor(end), "");
        double worst = told.stream()
                .filter(one -> end - one.at() >= LEAST_SECONDS)
                .mapToDouble(one -> one.factor(end))
                .max()
                .orElse(1);
        results.add(PART, "… worst factor with " + (int) LEAST_SECONDS + " s or more to go", "≤ 2", "%.2f", worst);
    }
}
