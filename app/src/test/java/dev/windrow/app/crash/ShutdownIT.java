package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class ShutdownIT {
    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(40_000, 1_000));

    @Test
    void sigtermEndsWithZeroAndTheNextStartGoesOnWithoutCountingAnAttempt() throws Exception {
        WindrowProcess first = kit.serve();
        String id = kit.client().start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> kit.row(id).checkpointRows() > 0);

        long began = System.nanoTime();
        int exit = first.terminate();

        assertThat(exit).isZero();
        assertThat(first.words())
                .containsOnlyOnce("stopping: no new work is taken, running exports go back to the queue with what they"
                        + " have; requests and downloads have 30 s to end");
        // Nobody asks and nobody downloads: those thirty seconds are not waited for.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
        StatusRow handedOver = kit.row(id);
        assertThat(handedOver.state()).isEqualTo("queued");
        assertThat(handedOver.attempt()).isEqualTo(1);

        kit.serve();
        JsonNode end = kit.client().awaitEnd(id, 120);
        assertThat(end.path("state").asString()).isEqualTo("completed");
        assertThat(end.path("attempt").asInt()).isEqualTo(1);
        assertThat(end.path("progress").path("resumedFromRow").asLong()).isEqualTo(handedOver.checkpointRows());
    }
}
