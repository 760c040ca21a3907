package dev.windrow.app.crash;

import static dev.windrow.app.crash.Injection.KILL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Kills and errors at the calls between which an export changes hands; the long run goes through all calls. */
@Tag("slow")
class SystemCallIT {
    private static final String SYNC = "fsync,fdatasync";
    private static final String RENAME = "rename,renameat,renameat2";
    private static final String UNLINK = "unlink,unlinkat";

    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(12_000, 0));

    @BeforeAll
    static void requireStrace() throws Exception {
        Strace.require();
    }

    @Test
    void anExportSurvivesAKillOrAnErrorWhereverItChangesHands() throws Exception {
        StruckWorkers workers = StruckWorkers.on(kit);
        String order = workers.calm();
        SyncOrder.check(order);
        // JobRunr has the ring, nobody the export.
        assertThat(workers.strike("pwrite64", KILL, 1, SystemCallIT::queue)).isTrue();
        // Synced, but neither the work folder nor the row of the checkpoint.
        assertThat(workers.strike(SYNC, KILL, 1, SystemCallIT::workFolder)).isTrue();
        // Intended, not renamed; the list of blocks alone renamed; and both renamed, not synced.
        assertThat(workers.strike(RENAME, KILL, 1, Injection::filesOf)).isTrue();
        assertThat(workers.strike(RENAME, KILL, 2, Injection::filesOf)).isTrue();
        assertThat(workers.strike(SYNC, KILL, 1, StruckWorkers::artifacts)).isTrue();
        // The successor's checkpoint is in the row, its predecessor's file still there.
        assertThat(workers.strikeSuccessor(UNLINK, KILL, 1, SystemCallIT::predecessor))
                .isTrue();

        assertThat(workers.strike(SYNC, "error=EIO", 3, StruckWorkers::partOf)).isTrue();
        assertThat(workers.strike("write", "error=ENOSPC", 4, StruckWorkers::partOf))
                .isTrue();
        assertThat(workers.strike(RENAME, "error=EIO", 1, Injection::filesOf)).isTrue();
        assertThat(workers.strike(SYNC, "error=EIO", 5, SystemCallIT::table)).isTrue();
        assertThat(workers.strike("pwrite64", "error=ENOSPC", 12, SystemCallIT::table))
                .isTrue();
        workers.settle();

        // Reads are slow, so that the cancel comes in the midst of reading back; and while it waits to be tried again.
        long reads = order.chars().filter(call -> call == SyncOrder.READ).count();
        assertThat(workers.cancel("read", "delay_enter=300000", Injection.ALL, SystemCallIT::isSealing))
                .isLessThan(reads);
        workers.cancel("write", "error=ENOSPC", 4, SystemCallIT::isWaiting);
    }

    private static boolean isSealing(JsonNode status) {
        return status.path("progress").path("phase").asString().equals("sealing");
    }

    private static boolean isWaiting(JsonNode status) {
        return status.path("state").asString().equals("queued")
                && status.path("attempt").asInt() == 2;
    }

    private static List<Path> queue(Path home, String id, long claim) {
        return List.of(home.resolve("queue.db-wal"));
    }

    private static List<Path> workFolder(Path home, String id, long claim) {
        return List.of(home.resolve("work"));
    }

    private static List<Path> predecessor(Path home, String id, long claim) {
        return StruckWorkers.partOf(home, id, claim - 1);
    }

    private static List<Path> table(Path home, String id, long claim) {
        return List.of(home.resolve("windrow.db-wal"));
    }
}
