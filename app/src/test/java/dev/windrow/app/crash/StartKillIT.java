package dev.windrow.app.crash;

import static dev.windrow.app.crash.Injection.KILL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
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
    final CrashKit kit = new CrashKit(new Sample(500, 50));

    @BeforeAll
    static void requireStrace() throws Exception {
        Strace.require();
    }

    @Test
    void aStartThatWasNeverAnsweredIsMadeOnceHoweverOftenItIsRepeated() throws Exception {
        kit.migrate();
        startAndKill("windrow.db-wal");
        assertThat(StatusRow.count(kit.home(), "queued")).as("not committed").isZero();
        startAndKill("queue.db-wal");
        assertThat(StatusRow.count(kit.home(), "queued"))
                .as("committed, not rung")
                .isOne();

        kit.api();
        String id = kit.client().start(KEY);
        assertThat(kit.client().start(KEY)).isEqualTo(id);
        // Nobody has rung: the first start died before it, and the others found it made.
        kit.worker("worker");
        assertThat(kit.client().awaitEnd(id, 60).path("state").asString()).isEqualTo("completed");
        assertThat(kit.row(id).attempt()).isOne();
        assertThat(kit.files("artifacts")).containsExactly(id + ".1.zip");
    }

    /** Before the first write to that file. */
    private void startAndKill(String file) throws Exception {
        WindrowProcess api = kit.api();
        List<Path> files = List.of(kit.home().resolve(file));
        kit.trace(api, new Injection("pwrite64", KILL, 1, files));
        assertThatThrownBy(() -> kit.client().start(KEY)).isInstanceOf(UncheckedIOException.class);
        assertThat(api.awaitExit(30)).isNotZero();
    }
}
