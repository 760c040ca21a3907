package dev.windrow.app.crash;

import static dev.windrow.app.crash.Injection.KILL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Receiver;
import dev.windrow.testkit.Receiver.Received;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Processes that are killed while they tell of an export and take its archive away. */
@Tag("slow")
class DeliveryKillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A copy is written in pieces of this. */
    private static final long PIECE = 1 << 16;

    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(60_000, 0));

    @TempDir
    private Path folder;

    @BeforeAll
    static void requireStrace() throws Exception {
        Strace.require();
    }

    @Test
    void whatWasOnItsWayArrivesUnderTheSameIdAndWhole() throws Exception {
        Path shelf = folder.resolve("shelf");
        try (Receiver receiver = Receiver.of((request, out) -> TimeUnit.HOURS.sleep(1))) {
            String[] settings = {
                "--windrow.webhooks.billing.url=" + receiver.url(),
                "--windrow.webhooks.inside=billing",
                "--windrow.deliveries.shelf.url=" + shelf,
                "--windrow.deliveries.shelf.pattern={id}.zip"
            };
            WindrowProcess first = kit.serve(settings);
            String id = kit.client().startWith(",\"notify\":{\"webhook\":\"billing\"},\"deliver\":\"shelf\"");
            await("somebody who is told")
                    .atMost(PATIENCE)
                    .until(() -> !receiver.received().isEmpty());
            String copy = await("a folder that is missed")
                    .atMost(PATIENCE)
                    .until(
                            () -> delivery(id, "place"),
                            one -> !one.path("tries").isEmpty())
                    .path("id")
                    .asString();
            Path part = shelf.resolve(".windrow-" + copy + ".part");

            // In the middle of the copy, and with no answer of the webhook yet.
            kit.trace(first, new Injection("write", KILL, 3, List.of(part)));
            Files.createDirectory(shelf);
            // In five seconds; but where the folder came later than that, five minutes after.
            assertThat(first.awaitExit(480)).isNotZero();
            assertThat(Files.size(part)).isEqualTo(2 * PIECE);
            // Whoever has not answered after a while is told again.
            assertThat(receiver.received())
                    .extracting(Received::id)
                    .containsOnly(receiver.received().get(0).id());

            // The archive has its name, and the copy its own still.
            receiver.now(Receiver.status(204));
            Tracing second = kit.traced(new Injection("unlink,unlinkat", KILL, 1, List.of(part)), settings);
            assertThat(second.process().awaitExit(120)).isNotZero();
            assertThat(Folders.files(shelf)).containsExactly(".windrow-" + copy + ".part", id + ".zip");

            kit.serve(settings);
            for (String kind : List.of("place", "webhook")) {
                await(kind)
                        .atMost(PATIENCE)
                        .until(() -> delivery(id, kind).path("state").asString().equals("done"));
            }
            assertThat(Folders.files(shelf)).containsExactly(id + ".zip");
            assertThat(Digests.hex(Files.readAllBytes(shelf.resolve(id + ".zip"))))
                    .isEqualTo(kit.client().status(id).at("/file/sha256").asString());
            assertThat(receiver.received())
                    .hasSizeGreaterThan(1)
                    .extracting(Received::id)
                    .containsOnly(delivery(id, "webhook").path("id").asString());
            assertThat(delivery(id, "place").path("id").asString()).isEqualTo(copy);
        }
    }

    private JsonNode delivery(String export, String kind) {
        return kit.client()
                .deliveries(export)
                .valueStream()
                .filter(each -> each.path("kind").asString().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
