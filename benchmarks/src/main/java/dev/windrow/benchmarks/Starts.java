package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of a process until it is ready, and what an idle one holds: on the Java that runs this, with and
 * without the launcher.
 */
final class Starts {
    private static final int STARTS = 5;

    private final Options options;
    private final Results results;
    private final String part;

    /** @param part under which the figures are kept */
    Starts(Options options, Results results, String part) {
        this.options = options;
        this.results = results;
        this.part = part;
    }

    @FunctionalInterface
    private interface Program {
        Server start(Path catalog) throws IOException;
    }

    void run(Path source) throws IOException {
        Path jar = options.launcher().resolveSibling("app/target/windrow.jar");
        measure("`java -jar`", catalog -> Server.startJar(jar, options.heap(), catalog), source);
        measure("`./windrow`", catalog -> Server.start(options.launcher(), options.heap(), catalog), source);
    }

    private void measure(String name, Program program, Path source) throws IOException {
        List<Double> seconds = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            try (Server server = program.start(source.resolve("catalog.yaml"))) {
                seconds.add(server.startSeconds());
                cpu.add(server.cpuSeconds());
                Wait.seconds(2);
                resident.add(server.resident());
            }
        }
        String what = "Java " + Runtime.version().feature() + ", " + name + ": start until ready";
        results.add(part, what, "", "%.2f s", Measured.median(seconds));
        results.add(part, "… its CPU", "", "%.2f s", Measured.median(cpu));
        results.add(
                part, "… resident when idle (heap " + options.heap() + ")", "", "%.0f MB", Measured.median(resident));
    }
}
