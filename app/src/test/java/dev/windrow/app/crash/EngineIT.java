package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A worker that goes on elsewhere than on the Java that began. */
@Tag("slow")
class EngineIT {
    private static final String EACH_BLOCK = "--windrow.worker.checkpoint-interval=PT0S";

    /** Seconds are left of a run after its first checkpoint, to kill it in. */
    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(20_000, 1_000));

    @Test
    void anExportThatAnotherEngineHasBegunBeginsAnewAndSaysSo() throws Exception {
        kit.migrate();
        kit.api();
        WindrowProcess first = kit.worker("first", EACH_BLOCK);
        String undisturbed = kit.client().start();
        kit.client().awaitEnd(undisturbed, 120);
        String id = kit.client().start();
        Awaitility.await("a checkpoint")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> kit.row(id).checkpointRows() > 0);
        first.kill();
        assertThat(kit.row(id).state()).isEqualTo("running");
        StatusRow.change(
                kit.home(),
                "update exports set checkpoint = replace(checkpoint, '\"engine\":\"zlib:', '\"engine\":\"other:')"
                        + " where id = '" + id + "'");

        WindrowProcess second = kit.worker("second");

        JsonNode end = kit.client().awaitEnd(id, 120);
        assertThat(end.path("state").asString()).isEqualTo("completed");
        assertThat(end.at("/progress/resumedFromRow").isNull()).isTrue();
        assertThat(second.words()).contains("begins anew: the engine other:");
        assertThat(kit.client().dataOf(id)).isEqualTo(kit.client().dataOf(undisturbed));
    }
}
