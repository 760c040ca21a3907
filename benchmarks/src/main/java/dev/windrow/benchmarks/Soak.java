package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Minutes of all that careless or hostile callers do at once, with little heap, while one who does no harm asks for
 * what everybody asks for and is timed. Whoever judges the server from outside (a page, a probe of an orchestrator)
 * sees what that one sees.
 */
final class Soak {
    static final String MANY = "many";
    static final String SMALL = "small";
    private static final String PART = "soak";
    private static final String HEAP = "128m";
    private static final int ENTRIES = 100_000;
    private static final int KEPT = 200;
    /** Of a parameter: as much as a start's body may hold. */
    private static final int BIG = 60_000;

    private static final String CATALOG = """
            sources:
              s: { url: "jdbc:sqlite:source.db" }
            datasets:
              many:
                title: Many attachments
                source: s
                formats: [csv]
                files:
                  - { name: rows, query: select id from items, key: [id] }
                  - name: media
                    attachments: { query: "select 'one.txt' as path, printf('n%06d.txt', id) as name from items order by id", root: media }
              small:
                title: One row
                source: s
                formats: [csv]
                parameters: { note: { type: string, default: "" } }
                files:
                  - { name: rows, query: "select id, :note as note from items where id = 1", key: [id] }
            """;

    private final Options options;
    private final Results results;

    Soak(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    void run(Path data) throws IOException {
        Path folder = new SqliteInput(
                        "soak",
                        CATALOG,
                        List.of(
                                "create table items(id integer primary key)",
                                "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + ENTRIES
                                        + ") insert into items select i from n"))
                .prepare(data);
        Files.createDirectories(folder.resolve("media"));
        Files.writeString(folder.resolve("media/one.txt"), "one\n");
        try (Server server = Server.start(options.launcher(), HEAP, folder.resolve("catalog.yaml"))) {
            Client client = server.client();
            String many = client.start(Workload.body(MANY, Map.of()));
            for (int i = 0; i < KEPT; i++) {
                client.await(client.start(Workload.body(SMALL, Map.of("note", "x".repeat(BIG)))));
            }
            client.await(many);
            measure(server, many);
        }
    }

    private void measure(Server server, String many) throws IOException {
        SoakCaller caller = new SoakCaller(server.client());
        caller.ask(many, 10, () -> true);
        String before = "A caller's request, alone, p99";
        results.add(PART, before, "", "%.0f ms", 1000 * caller.quantile(0.99));
        SoakCaller beside = new SoakCaller(server.client());
        try (SoakLoad load = new SoakLoad(server.port(), many)) {
            load.begin();
            beside.ask(many, 60 * options.soakMinutes(), server::isAlive);
            load.calls()
                    .forEach((what, calls) ->
                            System.out.println(String.format(Locale.ROOT, "  %s: %,d times", what, calls)));
        }
        String heap = String.format(Locale.ROOT, " (%d minutes, -Xmx%s)", options.soakMinutes(), HEAP);
        results.add(PART, "… beside all attacks" + heap + ", p99", "", "%.0f ms", 1000 * beside.quantile(0.99));
        results.add(PART, "… requests asked", "", "%.0f", beside.asked());
        results.atMost(
                PART, "a caller's request beside all attacks" + heap + ": the slowest, s", 1, beside.slowest(), "");
        results.atMost(PART, "… refused or broken", 0, beside.failed(), "");
        results.atMost(PART, "… restarts", 0, server.isAlive() ? 0 : 1, "");
        results.add(PART, "Peak resident memory in it", "", "%.0f MB", server.isAlive() ? server.peakResident() : 0);
        System.out.println("  slowest: " + Arrays.toString(beside.slowestOfEach()));
    }
}
