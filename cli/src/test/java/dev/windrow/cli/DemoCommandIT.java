package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.FakeWindrow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandIT {
    private final FakeWindrow fake = new FakeWindrow();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final AtomicReference<Map<String, String>> started = new AtomicReference<>(Map.of());

    @TempDir
    Path home;

    @AfterEach
    void closeTheServer() {
        fake.close();
    }

    @Test
    void makesTheDatabaseServesItExportsItAndEnds() {
        assertThat(demo("--once", "--rows", "50", "--port", "0")).isZero();
        Path archive = home.resolve("demo").resolve("readings.zip");
        assertThat(archive).hasBinaryContent(fake.archive);
        assertThat(out.toString().lines()).containsExactly("archive: " + archive, "sha256: " + fake.sha256());
        assertThat(home.resolve("demo/sources/sensors.db")).isRegularFile();
        assertThat(fake.starts)
                .containsExactly("{\"dataset\":\"sensor-readings\",\"format\":\"csv\","
                        + "\"parameters\":{\"sensor_id\":\"load\"}}");
        assertThat(started.get())
                .containsEntry("windrow.home", home.toString())
                .containsEntry(
                        "windrow.catalog", home.resolve("demo/catalog.yaml").toString())
                .containsEntry("server.port", "0");
        assertThat(closed).isCompleted();
    }

    @Test
    void usesTheDatabaseOfTheSameSizeAgainAndMakesOneOfAnother() throws Exception {
        demo("--once", "--rows", "50", "--port", "0");
        Path database = home.resolve("demo/sources/sensors.db");
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(database, old);
        demo("--once", "--rows", "50", "--port", "0");
        assertThat(Files.getLastModifiedTime(database)).isEqualTo(old);
        assertThat(err.toString()).contains("Uses the sample database in " + home.resolve("demo"));
        demo("--once", "--rows", "51", "--port", "0");
        assertThat(Files.getLastModifiedTime(database)).isNotEqualTo(old);
        assertThat(err.toString())
                .containsPattern("Makes a sample database of [0-9,]+ rows, among them 51 readings of sensor load, in ");
    }

    @Test
    void servesOnUntilItIsToldToEnd() throws Exception {
        Thread demo = new Thread(() -> demo("--rows", "50", "--port", "0"));
        demo.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> out.toString().contains("sha256: "));
        assertThat(err.toString()).contains("Open " + fake.url() + " to start more; Ctrl-C ends the server.");
        assertThat(closed).isNotDone();
        demo.interrupt();
        assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
        demo.join();
    }

    @Test
    void aPortThatIsTakenIsSaidBeforeAnythingIsMade() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(demo("--once", "--rows", "50", "--port", Integer.toString(port)))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .contains("windrow: Port " + port + " of 127.0.0.1")
                    .contains("--port");
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aServerThatDoesNotStartIsSaidWithoutAStackTrace() {
        int code = run(
                settings -> {
                    throw new ServerLauncher.StartException("The catalog is broken: line 3");
                },
                List.of("--rows", "50", "--port", "0"));
        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).endsWith("windrow: The catalog is broken: line 3");
    }

    @Test
    void anExportThatFailsEndsTheDemoAndItsServer() {
        fake.states.add(fake.ended("failed", "{\"title\": \"Storage full\", \"detail\": \"No space\"}"));
        assertThat(demo("--rows", "50", "--port", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("Storage full: No space");
        assertThat(closed).isCompleted();
    }

    @Test
    void servesTheTablesOfADatabaseAndKeepsItsAddressToItself() throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        ServerLauncher drafting = new ServerLauncher() {
            @Override
            public Server start(Map<String, String> settings) throws StartException {
                throw new StartException("not the one that was drafted");
            }

            @Override
            public Draft draft(String jdbcUrl, Path folder) {
                assertThat(jdbcUrl).isEqualTo("jdbc:sqlite:my.db");
                assertThat(folder).isDirectory();
                return new Draft(
                        List.of("Drafted 2 datasets"), folder.resolve("catalog.yaml"), DemoCommandIT.this::start);
            }
        };
        Thread demo = new Thread(() -> ended.complete(run(drafting, List.of("jdbc:sqlite:my.db", "--port", "0"))));
        demo.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> err.toString().contains("Open " + fake.url()));
        demo.interrupt();

        assertThat(ended.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(err.toString()).contains("Drafted 2 datasets");
        assertThat(started.get())
                .containsEntry(
                        "windrow.catalog", home.resolve("demo/own/catalog.yaml").toString());
        assertThat(started.get().toString()).doesNotContain("my.db");
        assertThat(closed).isCompleted();
    }

    @Test
    void endsAfterTheExportOfASampleAlone() {
        assertThat(demo("jdbc:sqlite:my.db", "--once")).isEqualTo(2);
        assertThat(err.toString()).contains("--once ends after the export of a sample");
    }

    private int demo(String... arguments) {
        return run(this::start, List.of(arguments));
    }

    private int run(ServerLauncher launcher, List<String> arguments) {
        String[] all = new String[arguments.size() + 3];
        all[0] = "demo";
        all[1] = "--home";
        all[2] = home.toString();
        for (int i = 0; i < arguments.size(); i++) {
            all[i + 3] = arguments.get(i);
        }
        return WindrowCommand.commandLine(launcher)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    private ServerLauncher.Server start(Map<String, String> settings) {
        started.set(settings);
        return new ServerLauncher.Server() {
            @Override
            public URI url() {
                return fake.url();
            }

            @Override
            public void close() {
                closed.complete(true);
            }
        };
    }
}
