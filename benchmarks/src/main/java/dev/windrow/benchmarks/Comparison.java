package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Windrow and its peers on one source, one after another, and again: a machine's mood hits all of them alike. */
final class Comparison {
    /** What all ratios are to. */
    private static final String REFERENCE = "sqlite3 -csv | pigz -p2 -6";

    private static final String BODY = Behaviour.LOAD;
    private static final int WARM_UPS = 3;

    private final Options options;
    private final Report report;

    Comparison(Options options, Report report) {
        this.options = options;
        this.report = report;
    }

    @FunctionalInterface
    private interface Contender {
        Measured run() throws IOException;
    }

    /** @param part the name of the part, under which the report finds the figures */
    void run(String part, Path source, long rows, int runs) throws IOException {
        System.out.printf(Locale.ROOT, "%,d rows, %d runs of each%n", rows, runs);
        Path folder = Files.createTempDirectory("windrow-peers");
        Path catalog = source.resolve("catalog.yaml");
        Map<String, Contender> contenders = new LinkedHashMap<>();
        Map<String, List<Measured>> all = new LinkedHashMap<>();
        try (Server server = Server.start(options.jar(), options.heap(), catalog);
                Server other = options.compares() ? Server.start(options.other(), options.heap(), catalog) : null) {
            Measured first = server.export(BODY);
            all.put("Windrow, first export", List.of(first));
            contenders.put("Windrow, warm", () -> server.export(BODY));
            if (other != null) {
                contenders.put("Windrow, the other build, warm", () -> other.export(BODY));
            }
            for (int i = 0; i < WARM_UPS && rows <= options.rows(); i++) {
                for (Contender contender : contenders.values()) {
                    contender.run();
                }
            }
            for (Peer peer : Peer.all(options.heap())) {
                contenders.put(peer.name(), () -> peer.run(source.resolve("sources/sensors.db"), folder));
            }
            for (int i = 0; i < runs; i++) {
                for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                    Measured measured = contender.getValue().run();
                    all.computeIfAbsent(contender.getKey(), name -> new ArrayList<>())
                            .add(measured);
                    System.out.printf(
                            Locale.ROOT,
                            "  %-45s %6.2f s wall %6.2f s CPU%n",
                            contender.getKey(),
                            measured.wall(),
                            measured.cpu());
                }
            }
            report.compared(part, rows, all, REFERENCE, server.peakResident());
        }
        Files.delete(folder);
    }
}
