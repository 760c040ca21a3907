package dev.windrow.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.history.History;
import dev.windrow.testkit.Machine;
import dev.windrow.testkit.S3Server;
import dev.windrow.testkit.WindrowJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/**
 * Processes of the delivered jar with homes of their own, a PostgreSQL, a bucket, and a network of its own between each
 * of them and those two.
 */
final class Fleet implements AutoCloseable {
    static final String BUCKET = "archives";
    /** Of all processes at once on a machine that is busy with other tests. */
    private static final Duration START = Duration.ofMinutes(10);
    /** A part of an upload of the probe, as s3proxy keeps it; a file more of the same upload has its id alone. */
    private static final Pattern PROBE = Pattern.compile("\\.mpus-(?<upload>.+)-store-(stub|\\d+)");

    final PostgresServer database;
    final S3Server bucket;
    final History history;
    final List<Node> workers = new ArrayList<>();
    final List<Node> apis = new ArrayList<>();

    private final ScheduledExecutorService keeper = Executors.newScheduledThreadPool(1, work -> {
        Thread thread = new Thread(work, "keeper");
        thread.setDaemon(true);
        return thread;
    });

    private Fleet(Path folder) throws IOException, SQLException {
        database = PostgresServer.start();
        bucket = S3Server.start(folder.resolve("s3"), BUCKET);
        history = History.ofPostgres(database.url());
    }

    /**
     * Starts all of it, and waits until it is ready.
     *
     * @param clocks whether those of some processes are a minute off, where the machine has libfaketime
     */
    static Fleet start(Path folder, Path catalog, int workers, int apis, boolean clocks)
            throws IOException, SQLException, InterruptedException {
        Fleet fleet = new Fleet(folder);
        fleet.migrate(folder);
        fleet.history.keep();
        Optional<Path> clock = clocks ? clock() : Optional.empty();
        for (int i = 1; i <= workers; i++) {
            // The first goes by the right time.
            fleet.workers.add(fleet.node(folder.resolve("worker-" + i), "worker", catalog)
                    .with(List.of(), i == 1 ? Map.of() : clock(clock, i % 2 == 0 ? "+60s" : "-60s")));
        }
        for (int i = 1; i <= apis; i++) {
            fleet.apis.add(fleet.node(folder.resolve("api-" + i), "api", catalog)
                    .with(List.of(), i == 1 ? Map.of() : clock(clock, "-60s")));
        }
        fleet.nodes().forEach(Node::start);
        fleet.awaitReady();
        var unused = fleet.keeper.scheduleWithFixedDelay(
                () -> fleet.nodes().forEach(Node::tend), 200, 200, TimeUnit.MILLISECONDS);
        return fleet;
    }

    private Node node(Path folder, String role, Path catalog) throws IOException {
        Node node = new Node(folder, role, database.port(), bucket.port());
        return node.with(
                List.of(
                        "--windrow.catalog=" + catalog,
                        "--windrow.artifacts.url=s3://" + BUCKET,
                        "--windrow.artifacts.s3.endpoint=http://127.0.0.1:" + node.bucket.port(),
                        "--windrow.artifacts.segment=5MB"),
                S3Server.environment());
    }

    private void migrate(Path folder) throws IOException, InterruptedException {
        List<String> command =
                WindrowJar.built().command("256m", "migrate", "--windrow.home=" + folder.resolve("migrate"));
        command.addAll(PostgresServer.settings(database.port()));
        Path log = folder.resolve("migrate.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    /** The library itself, since its command stays above the process that it starts. */
    private static Optional<Path> clock() throws IOException {
        try {
            Machine.requireProgram("clocks that differ", "faketime", "faketime");
        } catch (TestAbortedException e) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.find(
                Path.of("/usr/lib"), 4, (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return found.findFirst();
        }
    }

    /** Of a machine whose clock is that much off; the one that Java waits by is as it is. */
    private static Map<String, String> clock(Optional<Path> library, String off) {
        return library.map(path -> Map.of(
                        "LD_PRELOAD",
                        path.toString(),
                        "FAKETIME",
                        off,
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1"))
                .orElse(Map.of());
    }

    List<Node> nodes() {
        return Stream.concat(workers.stream(), apis.stream()).toList();
    }

    Node node(String name) {
        return nodes().stream()
                .filter(node -> node.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The address of one or the other API process. */
    String api(int turn) {
        return apis.get(Math.floorMod(turn, apis.size())).url();
    }

    /** One that ends at once, because somebody else has its port for a moment, say, is started again. */
    void awaitReady() {
        Awaitility.await("all are ready").atMost(START).until(() -> {
            nodes().forEach(Node::tend);
            return nodes().stream().allMatch(Node::isReady);
        });
    }

    /**
     * What is in the bucket, but its name, and but what a start has begun there that was killed in it: the first start
     * that comes ten minutes later gives it up, and the storm may be over before.
     */
    List<String> objects() {
        List<String> all = bucket.files(BUCKET);
        Set<String> probes = all.stream()
                .map(PROBE::matcher)
                .filter(Matcher::matches)
                .map(probe -> probe.group("upload"))
                .collect(Collectors.toSet());
        return all.stream()
                .filter(name -> !name.equals("store") && probes.stream().noneMatch(name::contains))
                .toList();
    }

    /** The end of each log, for the report of a failed test. */
    String lastWords() throws IOException {
        StringBuilder words = new StringBuilder();
        for (Node node : nodes()) {
            List<String> lines = Files.readAllLines(node.log());
            words.append("--- ").append(node.name).append('\n');
            IntStream.range(Math.max(0, lines.size() - 40), lines.size())
                    .forEach(i -> words.append(lines.get(i)).append('\n'));
        }
        return words.toString();
    }

    @Override
    public void close() throws IOException {
        keeper.shutdownNow();
        nodes().forEach(Node::close);
        bucket.close();
        database.close();
    }
}
