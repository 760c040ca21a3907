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

    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(12_000, 0));

    @BeforeAll
    static void requireStrace() throws Exception {
        Strace.require();
    }

    @Test
    void aStartThatWasNeverAnsweredIsMadeOnceHoweverOftenItIsRepeated() throws Exception {
        kit.migrate();
        assertThat(startAndKill("windrow.db-wal")).isFalse();
        assertThat(queued()).as("not committed").isZero();
        // Whether it is answered is a race, since an answer does not wait for the ring: the client that asks again
        // knows of none.
        startAndKill("queue.db-wal");
        assertThat(queued()).as("committed, not rung").isOne();

        kit.api();
        String id = kit.client().start(KEY);
        assertThat(kit.client().start(KEY)).isEqualTo(id);
        // Nobody has rung: the first start died before it, and the others found it made.
        kit.worker("worker");
        assertThat(kit.client().awaitEnd(id, 60).path("state").asString()).isEqualTo("completed");
        assertThat(kit.row(id).attempt()).isOne();
        assertThat(kit.files("artifacts")).containsExactly(id + ".1.blocks", id + ".1.zip");
    }

    private int queued() {
        return StatusRow.count(kit.home(), "queued");
    }

    /**
     * Before the first write to that file.
     *
     * @return whether the start was answered before
     */
    private boolean startAndKill(String file) throws Exception {
        WindrowProcess api = kit.api();
        kit.trace(api, new Injection("pwrite64", KILL, 1, List.of(kit.home().resolve(file))));
        boolean answered = true;
        try {
            kit.client().start(KEY);
        } catch (UncheckedIOException e) {
            answered = false;
        }
        assertThat(api.awaitExit(30)).isNotZero();
        return answered;
    }
}
