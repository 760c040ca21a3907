package dev.windrow.app;

import static dev.windrow.testkit.WindowClient.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.artifact.DirectLinks;
import dev.windrow.common.artifact.Segments;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.S3Server;
import dev.windrow.testkit.WindrowJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole product with its archives in a bucket, or in a folder that is not in its home. */
@Tag("slow")
final class BucketIT {
    private static final String START = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\"}}";

    @TempDir
    private static Path shared;

    private static S3Server server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() {
        S3Server.giveKeysToThisJvm();
        server = S3Server.start(shared, "windrow");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private RunningWindow serve(String prefix, String... settings) {
        String[] all = Stream.concat(
                        Stream.of(
                                "--windrow.artifacts.url=s3://windrow/" + prefix,
                                "--windrow.artifacts.s3.endpoint=" + server.endpoint()),
                        Stream.of(settings))
                .toArray(String[]::new);
        RunningWindow window = RunningWindow.sensors(folder.resolve("home"), all);
        window.archives = server.data().resolve("windrow").resolve(prefix).resolve("artifacts");
        return window;
    }

    @Test
    void givesAnArchiveFromABucketAndDeletesItThere() {
        try (RunningWindow window = serve("given")) {
            JsonNode export = window.client.complete(START);

            assertThat(HomeInvariants.sha256(window.client.archive(export)))
                    .isEqualTo(export.at("/file/sha256").asString());
            assertThat(Folders.files(window.home.resolve("artifacts"))).isEmpty();
            assertThat(Folders.files(window.archives)).hasSize(2);
            Answer part = window.client.get(export.at("/file/url").asString(), "Range", "bytes=2-5");
            assertThat(part.status()).isEqualTo(206);
            Answer deleted = window.client.send(
                    "DELETE", EXPORTS + "/" + export.path("id").asString(), "");
            assertThat(deleted.status()).isEqualTo(204);
            assertThat(Folders.files(window.archives)).isEmpty();
        }
    }

    @Test
    void signsAddressesOnlyWhereItIsToRedirect() throws IOException {
        try (RunningWindow window = serve("proxied")) {
            assertThat(link(window)).isEmpty();
            assertThat(window.parts(Segments.class).iterator().next().least()).isEqualTo(5 << 20);
        }
        try (RunningWindow window = serve("redirected", "--windrow.artifacts.serve=redirect")) {
            assertThat(link(window)).hasValueSatisfying(link -> assertThat(link).startsWith(server.endpoint() + "/"));
        }
    }

    private static Optional<String> link(RunningWindow window) throws IOException {
        return window.parts(DirectLinks.class)
                .iterator()
                .next()
                .to("x.zip", new DirectLinks.Headers("a/b", "attachment", "no-store"), Duration.ofMinutes(1))
                .map(Object::toString);
    }

    @Test
    void keepsArchivesInAnotherFolder() {
        Path archives = folder.resolve("archives");
        try (RunningWindow window =
                RunningWindow.sensors(folder.resolve("home"), "--windrow.artifacts.url=" + archives.toUri())) {
            window.archives = archives;

            JsonNode export = window.client.complete(START);

            assertThat(HomeInvariants.sha256(window.client.archive(export)))
                    .isEqualTo(export.at("/file/sha256").asString());
            assertThat(Folders.files(window.home.resolve("artifacts"))).isEmpty();
        }
    }

    @Test
    void refusesAStartWithoutItsBucket() {
        ProcessRun run = ProcessRun.of(
                folder,
                ProcessRun.jar(
                        "serve",
                        "--windrow.home=" + folder.resolve("home"),
                        "--windrow.catalog="
                                + Samples.sensors().resolve("catalog.yaml").toAbsolutePath(),
                        "--server.port=0",
                        "--windrow.artifacts.url=s3://nowhere",
                        "--windrow.artifacts.s3.endpoint=" + server.endpoint()),
                S3Server.environment());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.all())
                .contains("windrow.artifacts.url: s3://nowhere: there is no such bucket; make it, or correct")
                .doesNotContain("\tat ");
    }

    /** Thousands of classes that a small machine has no use for. */
    @Test
    void loadsNoClientWithoutABucket() throws IOException {
        Path loaded = folder.resolve("loaded");
        Path log = folder.resolve("log");
        List<String> command = WindrowJar.built()
                .command(
                        "256m",
                        List.of("-Xlog:class+load:file=" + loaded),
                        "serve",
                        "--windrow.home=" + folder.resolve("home"),
                        "--windrow.catalog="
                                + Samples.sensors().resolve("catalog.yaml").toAbsolutePath(),
                        "--server.port=0");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.readString(log).contains(" serves http://127.0.0.1:") || !process.isAlive());
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readString(loaded))
                .contains("dev.windrow.common.artifact.disk.DiskArtifactStore")
                .doesNotContain("software.amazon");
    }
}
