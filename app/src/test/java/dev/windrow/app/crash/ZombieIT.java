package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** An API and two workers, each a process of its own, on one home. */
@Tag("slow")
class ZombieIT {
    @RegisterExtension
    final CrashKit kit = new CrashKit(new Sample(12_000, 0));

    @Test
    void aWorkerThatIsPausedPastItsLeaseAndComesBackChangesNothing() throws Exception {
        kit.migrate();
        kit.api();
        List<WindrowProcess> workers = List.of(kit.worker("one"), kit.worker("two"));
        // Its archive is in the store, and its row does not know yet: the most that a zombie can be about to do.
        Zombie zombie = Zombie.make(kit, workers, "rename,renameat,renameat2", 1, Injection::filesOf);

        JsonNode end = kit.client().awaitEnd(zombie.id(), 60);
        assertThat(end.path("state").asString()).isEqualTo("completed");
        assertThat(end.path("attempt").asInt()).isEqualTo(2);
        assertThat(end.path("progress").path("resumedFromRow").asLong()).isPositive();
        String data = kit.client().dataOf(zombie.id());

        zombie.wake();
        // It takes work again, so it has got over its loss; and this one shows what the data should be.
        String other = kit.client().start();
        assertThat(kit.client().awaitEnd(other, 60).path("state").asString()).isEqualTo("completed");
        assertThat(kit.client().dataOf(other)).isEqualTo(data);
        Awaitility.await("the zombie notices")
                .atMost(Duration.ofSeconds(60))
                .until(() -> zombie.process().words().contains("stopped: "));

        assertThat(kit.client().status(zombie.id())).isEqualTo(end);
        assertThat(kit.client().dataOf(zombie.id())).isEqualTo(data);
        assertThat(kit.files("artifacts")).hasSize(2 * StatusRow.count(kit.home(), "completed"));
        Awaitility.await("no stray file")
                .atMost(Duration.ofSeconds(60))
                .until(() -> kit.files("work").isEmpty());
        assertThat(zombie.process().isAlive()).isTrue();
    }
}
