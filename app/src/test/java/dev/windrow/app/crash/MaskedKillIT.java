package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.access.key.KeyText;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What signs hashes of masked values is kept in the home, and is the same for the process that goes on. */
@Tag("slow")
class MaskedKillIT {
    private static final String KEY = "a key of who does not see values";
    private static final String[] SETTINGS = {
        "--windrow.security.mode=api-keys",
        "--windrow.security.api-keys[0].name=plain",
        "--windrow.security.api-keys[0].sha256=" + KeyText.sha256(KEY)
    };

    /** Seconds are left of a run after its first checkpoint, to kill it in. */
    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(20_000, 1_000, true));

    @Test
    void goesOnWithTheSameHashesAfterAKill() throws Exception {
        WindrowProcess first = kit.serve(SETTINGS);
        Client client = kit.client(KEY);
        String undisturbed = client.start();
        client.awaitEnd(undisturbed, 120);
        String id = client.start();
        Awaitility.await("a checkpoint")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> kit.row(id).checkpointRows() > 0);
        first.kill();
        assertThat(kit.row(id).state()).isEqualTo("running");

        kit.serve(SETTINGS);

        JsonNode end = client.awaitEnd(id, 120);
        assertThat(end.path("state").asString()).isEqualTo("completed");
        assertThat(end.at("/progress/resumedFromRow").asLong()).isPositive();
        assertThat(client.dataOf(id)).isEqualTo(client.dataOf(undisturbed));
        assertThat(client.entry(id, "readings.csv").lines().skip(1))
                .hasSize(20_000)
                .allMatch(line -> line.matches("-?[0-9]+,(?:|[0-9a-f]{32}),[^,]*"));
    }
}
