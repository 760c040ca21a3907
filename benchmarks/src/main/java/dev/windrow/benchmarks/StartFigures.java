package dev.windrow.benchmarks;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.CsvOptions;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.StatusDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** How soon things begin: a process, an export, many small exports; and what progress costs. On the Java that runs it. */
public final class StartFigures {
    private static final String HEAP = "256m";
    private static final String TINY = "{\"dataset\":\"sensors\",\"format\":\"csv\",\"parameters\":{}}";
    private static final int STARTS = 5;
    private static final int LONELY = 30;
    private static final int TINIES = 300;
    private static final int POSTS = 300;
    private static final int WRITES = 2_000;
    /** Beats and checkpoints of an export in a second, at most. */
    private static final double WRITES_A_SECOND = 4;

    private final Path root;
    private final Path catalog;
    private final StringBuilder table = new StringBuilder();

    private StartFigures(Path root, Path source) {
        this.root = root;
        this.catalog = source.resolve("catalog.yaml");
    }

    /** @param arguments the page to write; without one, only the console is told */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(System.getProperty("windrow.root", "."))
                .toAbsolutePath()
                .normalize();
        StartFigures figures =
                new StartFigures(root, Benchmarks.source(root.resolve("benchmarks/target/data"), 1_000_000));
        figures.processes();
        figures.exports();
        figures.twoProcesses();
        figures.progress();
        if (arguments.length > 0) {
            figures.write(Path.of(arguments[0]));
        }
    }

    private List<String> java() {
        return Server.java(root.resolve("app/target/windrow.jar"), HEAP);
    }

    private void add(String what, String goal, String format, Object... values) {
        String line = "| " + what + " | " + goal + " | " + String.format(Locale.ROOT, format, values) + " |";
        table.append(line).append('\n');
        System.out.println(line);
    }

    private void processes() throws IOException {
        processes("`java -jar`", java());
        processes("`./windrow`", List.of(root.resolve("windrow").toString()));
    }

    private void processes(String name, List<String> program) throws IOException {
        double[] seconds = new double[STARTS];
        double[] cpu = new double[STARTS];
        double[] resident = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            try (Server server = Server.launch(program, catalog)) {
                seconds[i] = server.startSeconds();
                cpu[i] = server.cpuSeconds();
                Wait.seconds(3);
                resident[i] = server.resident();
            }
        }
        add(name + " until ready: wall, CPU", "", "%.2f s, %.2f s", median(seconds), median(cpu));
        add(name + " idle, resident (heap " + HEAP + ")", "", "%.0f MB", median(resident));
    }

    private void exports() throws IOException {
        try (Server server = Server.launch(java(), catalog, "--windrow.worker.concurrency=4")) {
            Client client = server.client();
            drain(client, 50);
            lonely("one process", "< 100 ms", client);
            double[] rates = new double[3];
            double cpu = server.cpuSeconds();
            for (int i = 0; i < rates.length; i++) {
                rates[i] = drain(client, TINIES);
            }
            double each = (server.cpuSeconds() - cpu) / rates.length / TINIES;
            add(
                    TINIES + " tiny exports, first start to last end: first, third time",
                    "≥ 60 /s",
                    "%.0f /s, %.0f /s",
                    rates[0],
                    rates[2]);
            add("… CPU of the server for one, HTTP included", "", "%.1f ms", 1000 * each);
            double[] posts = postsBesideExports(client);
            add(
                    "`POST` while four exports of 1,000,000 rows run: median, p99",
                    "p99 < 50 ms",
                    "%.1f ms, %.1f ms",
                    Measured.quantile(posts, 0.5),
                    Measured.quantile(posts, 0.99));
        }
    }

    private void twoProcesses() throws IOException {
        // The first makes the tables.
        try (Server all = Server.launch(java(), catalog, "--windrow.role=all")) {
            all.stop();
            try (Server api = all.beside(java(), catalog, "--windrow.role=api");
                    Server worker = all.beside(java(), catalog, "--windrow.role=worker")) {
                drain(api.client(), 50);
                lonely("two processes", "< 300 ms", api.client());
            }
        }
    }

    private void lonely(String where, String goal, Client client) throws IOException {
        double[] first = new double[LONELY];
        double[] whole = new double[LONELY];
        for (int i = 0; i < LONELY; i++) {
            Wait.millis(50 + 37 * (i % 7));
            long began = System.nanoTime();
            first[i] = client.await(client.start(TINY)).firstRowMillis();
            whole[i] = 1000 * Clock.secondsSince(began);
        }
        add(
                "Start of an export → its rows are read, idle worker, " + where + ", median",
                goal,
                "%.0f ms",
                median(first));
        add("… → the client knows that it is completed, median", "", "%.0f ms", median(whole));
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

    /** @return milliseconds, sorted */
    private static double[] postsBesideExports(Client client) throws IOException {
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            started.add(client.start(Behaviour.LOAD));
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

    /** What the writes of progress cost beside a run: their CPU, as a part of one core's. */
    private void progress() throws IOException {
        Path folder = Files.createTempDirectory("windrow-benchmark");
        try (StatusDatabase database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null)) {
            Flyway.configure()
                    .dataSource(database.migrationSource())
                    .locations("classpath:db/migration/" + database.migrationFolder())
                    .load()
                    .migrate();
            JdbcExports exports = new JdbcExports(database, java.time.Clock.systemUTC());
            Claim claim = claimed(exports);
            write(exports, claim);
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long began = System.nanoTime();
            write(exports, claim);
            double wall = Clock.secondsSince(began) / WRITES;
            double spent = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9 / WRITES;
            add(
                    "One write of progress: wall (off the run's thread), CPU",
                    "",
                    "%.2f ms, %.2f ms",
                    1000 * wall,
                    1000 * spent);
            add(
                    "Progress, at most four writes a second, as a part of an export's time",
                    "< 1 %",
                    "%.2f %%",
                    100 * spent * WRITES_A_SECOND);
        }
        Server.delete(folder);
    }

    private static Claim claimed(JdbcExports exports) {
        ExportId id = new ExportId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
        ExportRequest request =
                new ExportRequest("sensors", Format.CSV, Map.of(), List.of("id"), CsvOptions.DEFAULT, "sensors.zip");
        exports.insert(id, "local", request, Instant.EPOCH);
        return exports.claimNext("benchmark", Instant.EPOCH, Duration.ofDays(1))
                .map(Export::lastClaim)
                .orElseThrow();
    }

    private static void write(JdbcExports exports, Claim claim) {
        for (int i = 1; i <= WRITES; i++) {
            Progress progress = new Progress(
                    Phase.ROWS, i * 1000L, 10_000_000L, i * 0.01, i * 30_000L, 400_000, Instant.EPOCH, null);
            exports.progress(claim, progress, Instant.EPOCH.plusSeconds(i));
        }
    }

    private void write(Path page) throws IOException {
        String text = """
                # How soon things begin

                Made by `benchmarks/run start` on %s. %s.

                Tiny exports are of one batch of a small dataset; the client and the server share the cores. `./windrow` starts with the
                archive of classes that it makes after a build.

                | | goal | measured |
                | --- | --- | --- |
                %s""".formatted(LocalDate.now(ZoneOffset.UTC), Report.machine(), table);
        Files.writeString(page, text);
        System.out.println("\nWritten: " + page);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Measured.quantile(sorted, 0.5);
    }
}
