package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Certificate;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Receiver;
import dev.windrow.testkit.WindrowJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process that tells over TLS, whom it was told to trust, and takes archives to a disk that may be full. */
@Tag("slow")
final class DeliveryFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNTRUSTED =
            "no TLS: its certificate is of nobody that is trusted here, of another host, or over";
    private static final int DISK = 1 << 20;

    @TempDir
    private static Path folder;

    private static Path shelf;
    private static Path attic;
    private static Receiver known;
    private static Receiver stranger;
    private static ServingProcess server;

    @BeforeAll
    static void serve() throws Exception {
        shelf = folder.resolve("shelf");
        attic = Files.createDirectory(folder.resolve("attic"));
        Path given = Files.writeString(attic.resolve(".windrow-msg_given-up.part"), "half");
        Files.setLastModifiedTime(given, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        Files.writeString(attic.resolve(".windrow-msg_on-its-way.part"), "half");
        Certificate own = Certificate.make(Files.createDirectory(folder.resolve("own")), "hooks.example");
        Certificate others = Certificate.make(Files.createDirectory(folder.resolve("others")), "hooks.example");
        known = Receiver.of(Receiver.status(204), own.serving());
        stranger = Receiver.of(Receiver.status(204), others.serving());
        server = ServingProcess.start(
                folder,
                List.of(
                        "serve",
                        "--windrow.home=" + folder.resolve("home"),
                        "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"),
                        "--windrow.deliveries.shelf.url=" + shelf,
                        "--windrow.deliveries.shelf.pattern={id}.zip",
                        "--windrow.deliveries.attic.url=" + attic,
                        "--windrow.deliveries.attic.pattern={id}.zip",
                        "--windrow.webhooks.known.url=" + known.url(),
                        "--windrow.webhooks.known.exports=all",
                        "--windrow.webhooks.stranger.url=" + stranger.url(),
                        "--windrow.webhooks.stranger.exports=all",
                        "--windrow.webhooks.misnamed.url=" + known.url().replace("127.0.0.1", "localhost"),
                        "--windrow.webhooks.misnamed.exports=all",
                        "--windrow.webhooks.inside=known,stranger,misnamed"),
                Map.of("JDK_JAVA_OPTIONS", "-Djavax.net.ssl.trustStore=" + trusting(own)));
    }

    /** As the manual has it: all that Java trusts, and one more. */
    private static Path trusting(Certificate certificate) throws Exception {
        Path store = folder.resolve("trusted");
        Files.copy(Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"), store);
        ProcessRun added = ProcessRun.of(List.of(
                WindrowJar.jdk("keytool"),
                "-importcert",
                "-noprompt",
                "-alias",
                "ours",
                "-file",
                certificate.certificate().toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit"));
        assertThat(added.exit()).as(added.all()).isZero();
        return store;
    }

    @AfterAll
    static void stop() {
        server.close();
        known.close();
        stranger.close();
    }

    @Test
    void tellsOverTlsWhomItTrustsAndNobodyElse() {
        JsonNode export = server.client.complete("{\"dataset\":\"sensors\"}");

        assertThat(tried(export, "known").path("state").asString()).isEqualTo("done");
        for (String untrusted : List.of("stranger", "misnamed")) {
            JsonNode delivery = tried(export, untrusted);
            assertThat(delivery.at("/tries/0/outcome").asString()).as(untrusted).isEqualTo("again");
            assertThat(delivery.at("/tries/0/reason").asString()).as(untrusted).isEqualTo(UNTRUSTED);
        }
        assertThat(stranger.received()).isEmpty();
        assertThat(known.received())
                .allMatch(request -> !request.headers().getOrDefault("host", "").startsWith("localhost"));
    }

    @Test
    void waitsForADiskThatIsFullAndKeepsNothingOfItselfThere() throws Exception {
        Tmpfs disk = Tmpfs.mount(shelf, DISK >> 20);
        try {
            Path full = Files.write(shelf.resolve("full"), new byte[DISK]);
            JsonNode export = server.client.complete("{\"dataset\":\"sensors\",\"deliver\":\"shelf\"}");
            String id = export.path("id").asString();

            JsonNode first = tried(export, "shelf").at("/tries/0");
            assertThat(first.path("outcome").asString()).isEqualTo("again");
            assertThat(first.path("reason").asString()).isEqualTo("the disk of this place is full");
            assertThat(Folders.files(shelf)).containsExactly("full");

            Files.delete(full);
            // In five seconds; but on a machine that has not come so far by then, five minutes after that.
            await().atMost(Duration.ofMinutes(8))
                    .until(() -> tried(export, "shelf").path("state").asString().equals("done"));
            assertThat(Folders.files(shelf)).containsExactly(id + ".zip");
            assertThat(Digests.hex(Files.readAllBytes(shelf.resolve(id + ".zip"))))
                    .isEqualTo(export.at("/file/sha256").asString());
        } finally {
            disk.close();
        }
    }

    @Test
    void removesWhatWasGivenUpHalfDone() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Folders.files(attic)).containsExactly(".windrow-msg_on-its-way.part"));
    }

    /** Its delivery to that target, once it was tried. */
    private static JsonNode tried(JsonNode export, String target) {
        String path = export.at("/links/self").asString() + "/deliveries";
        List<JsonNode> found = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            found.clear();
            server.client
                    .get(path)
                    .json()
                    .path("items")
                    .valueStream()
                    .filter(each -> each.path("target").asString().equals(target))
                    .filter(each -> !each.path("tries").isEmpty())
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }
}
