package dev.windrow.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** One who asks for a little of everything, one request after another, and is timed. Belongs to one thread. */
final class SoakCaller {
    private final Client client;
    private final List<Double> seconds = new ArrayList<>();
    private final double[] slowest;
    private final List<String> paths = new ArrayList<>();
    private int failed;

    SoakCaller(Client client) {
        this.client = client;
        this.slowest = new double[5];
    }

    /** @param many an export of many entries, which the caller looks at as well */
    void ask(String many, int forSeconds, BooleanSupplier alive) throws IOException {
        paths.clear();
        paths.addAll(List.of(
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/api/v1/datasets",
                "/api/v1/exports/" + many,
                "/api/v1/exports/" + many + "/file.sha256"));
        long began = System.nanoTime();
        while (Clock.secondsSince(began) < forSeconds && alive.getAsBoolean()) {
            for (int i = 0; i < paths.size(); i++) {
                ask(i);
            }
            Wait.millis(50);
        }
    }

    private void ask(int path) throws IOException {
        long began = System.nanoTime();
        int status = client.status(paths.get(path));
        double took = Clock.secondsSince(began);
        seconds.add(took);
        slowest[path] = Math.max(slowest[path], took);
        if (status != 200) {
            failed++;
            System.out.println("  " + paths.get(path) + " was answered " + status);
        }
    }

    double quantile(double part) {
        return Measured.quantile(
                seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray(), part);
    }

    double slowest() {
        return quantile(1);
    }

    /** In words, by path. */
    String[] slowestOfEach() {
        String[] words = new String[paths.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = paths.get(i) + String.format(Locale.ROOT, " %.2f s", slowest[i]);
        }
        return words;
    }

    int asked() {
        return seconds.size();
    }

    int failed() {
        return failed;
    }
}
