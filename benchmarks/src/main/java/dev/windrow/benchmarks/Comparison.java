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
    /** The JIT goes on compiling for about as many exports of a million rows. */
    private static final int WARM_UPS = 10;

    private final Options options;
    private final Results results;

    Comparison(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    @FunctionalInterface
    private interface Contender {
        Measured run() throws IOException;
    }

    /**
     * Compares, with each contender once a round.
     *
     * @param part the name of the part, under which the report finds the figures
     * @param source the folder of the workload's catalog and database
     */
    void run(String part, Workload workload, Path source, int runs) throws IOException {
        System.out.printf(Locale.ROOT, "%,d %s, %d runs of each%n", workload.rows(), workload.title(), runs);
        String body = workload.body();
        Path folder = Files.createTempDirectory("windrow-peers");
        Path catalog = source.resolve("catalog.yaml");
        Map<String, Contender> contenders = new LinkedHashMap<>();
        Map<String, List<Measured>> all = new LinkedHashMap<>();
        try (Server server = Server.start(options.launcher(), options.heap(), catalog);
                Server other = options.compares() ? Server.start(options.other(), options.heap(), catalog) : null) {
            Measured first = server.export(body);
            all.put(Report.FIRST, List.of(first));
            contenders.put(Report.WARM, () -> server.export(body));
            if (other != null) {
                contenders.put("Windrow, the other checkout, warm", () -> other.export(body));
            }
            for (int i = 0; i < WARM_UPS && workload.rows() <= options.rows(); i++) {
                for (Contender contender : contenders.values()) {
                    contender.run();
                }
            }
            for (Peer peer : Peer.all(options.heap())) {
                contenders.put(
                        peer.name(), () -> peer.run(workload.database(source).toString(), workload.query(), folder));
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
            results.add(part, new Results.Compared(workload.title(), workload.rows(), all, server.peakResident()));
        }
        Files.delete(folder);
    }
}
