package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another program's write lock, longer than the busy_timeout of the status table. */
@Tag("slow")
class ForeignLockIT {
    private static final Duration HELD = Duration.ofSeconds(20);

    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(30_000, 300));

    @ParameterizedTest
    @ValueSource(strings = {"windrow.db", "queue.db"})
    void aLockHeldForTwentySecondsLosesNothing(String database) throws Exception {
        WindrowProcess server = kit.serve();
        Client client = kit.client();
        String running = client.start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.rows(running) > 0);
        try (ForeignLock lock = ForeignLock.on(kit.home().resolve(database))) {
            Awaitility.await("quick polls while " + database + " is locked")
                    .during(HELD)
                    .atMost(HELD.plusSeconds(10))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isPolledQuickly(client, running));
        }
        assertThat(client.awaitEnd(running, 60).path("state").asString()).isEqualTo("completed");
        String later = client.start();
        assertThat(client.awaitEnd(later, 60).path("state").asString()).isEqualTo("completed");
        assertThat(client.dataOf(later)).isEqualTo(client.dataOf(running));
        assertThat(StatusRow.integrity(kit.home().resolve(database))).isEqualTo("ok");
        assertThat(server.isAlive()).isTrue();
    }

    /**
     * A look that waits for the lock takes as long as the busy_timeout of 10 s, if it does not fail; a busy machine is
     * not that slow.
     */
    private static boolean isPolledQuickly(Client client, String id) {
        long asked = System.nanoTime();
        return List.of("running", "queued", "completed").contains(client.state(id))
                && System.nanoTime() - asked < Duration.ofSeconds(8).toNanos();
    }
}
