package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A first start that is killed while it makes its tables, as by somebody who finds it slow; the long run kills it at
 * every call.
 */
@Tag("slow")
class MigrationKillIT {
    /**
     * Among the writes that make JobRunr's tables: there are about 180 in all, of which a lock row is one of the first.
     */
    private static final int WRITE = 60;

    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(12_000, 0));

    @BeforeAll
    static void requireStrace() throws Exception {
        Strace.require();
    }

    @Test
    void theNextStartMakesTheRest() throws Exception {
        Path queue = kit.home().resolve("queue.db-wal");
        Tracing killed = kit.tracedMigrate(new Injection("pwrite64", Injection.KILL, WRITE, List.of(queue)));
        assertThat(killed.process().awaitExit(120)).isNotZero();
        assertThat(StatusRow.schema(kit.home().resolve("queue.db"))).isNotEmpty();

        kit.serve();

        String id = kit.client().start();
        assertThat(kit.client().awaitEnd(id, 60).path("state").asString()).isEqualTo("completed");
    }
}
