package dev.windrow.app.crash;

import static dev.windrow.app.crash.Injection.KILL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An API that is killed while it answers a start, and a client that asks again. */
@Tag("slow")
class StartKillIT {
    private static final String KEY = "one-and-the-same";
    private static final String OTHER = "another";

    @RegisterExtension
    final CrashKit kit = new CrashKit(new Sample(500, 50));

    @BeforeAll
    static void requireStrace() throws Exception {
        Strace.require();
    }

    @Test
    void aStartThatWasNeverAnsweredIsMadeOnceHoweverOftenItIsRepeated() throws Exception {
        kit.migrate();
        startAndKill(KEY, "pwrite64", "windrow.db-wal");
        assertThat(queued()).as("not committed").isZero();
        // The kill comes before the sync, but what was written stays written: the power did not go.
        assertThat(startAndKill(KEY, "fsync,fdatasync", "windrow.db-wal")).isFalse();
        assertThat(queued()).as("committed, not answered").isOne();
        startAndKill(OTHER, "pwrite64", "queue.db-wal");
        assertThat(queued()).as("committed, not rung").isEqualTo(2);

        kit.api();
        String id = kit.client().start(KEY);
        assertThat(kit.client().start(KEY)).isEqualTo(id);
        String other = kit.client().start(OTHER);
        assertThat(queued()).isEqualTo(2);
        // Nobody has rung: the first starts died before it, and the others found them made.
        kit.worker("worker");
        for (String one : List.of(id, other)) {
            assertThat(kit.client().awaitEnd(one, 60).path("state").asString()).isEqualTo("completed");
            assertThat(kit.row(one).attempt()).isOne();
        }
        assertThat(kit.files("artifacts")).containsExactlyInAnyOrder(id + ".1.zip", other + ".1.zip");
    }

    private int queued() {
        return StatusRow.count(kit.home(), "queued");
    }

    /**
     * Before the first such call on that file.
     *
     * @return whether the start was answered before: it does not wait for the ring
     */
    private boolean startAndKill(String key, String calls, String file) throws Exception {
        WindrowProcess api = kit.api();
        kit.trace(api, new Injection(calls, KILL, 1, List.of(kit.home().resolve(file))));
        boolean answered = true;
        try {
            kit.client().start(key);
        } catch (UncheckedIOException e) {
            answered = false;
        }
        assertThat(api.awaitExit(30)).isNotZero();
        return answered;
    }
}
