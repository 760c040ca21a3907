package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PresenceTest {
    @TempDir
    private Path folder;

    @Test
    void knowsThatAWorkerIsDeadWhenItIsKilledAndNotWhenItIsStopped() throws Exception {
        try (Presence own = Presence.open(folder, "own")) {
            Process other = PresentWorker.start(folder, "other");
            assertThat(own.dead()).isEmpty();
            PresentWorker.signal(other, "STOP");
            assertThat(own.dead()).isEmpty();

            PresentWorker.signal(other, "KILL");
            other.waitFor();

            assertThat(own.dead()).containsExactly("other");
            // Whoever looks again sees it again, until it is buried.
            assertThat(own.dead()).containsExactly("other");
            own.bury("other");
            assertThat(own.dead()).isEmpty();
            assertThat(folder.resolve("other.alive")).doesNotExist();
        }
    }

    @Test
    void takesAnotherProcessForAliveHoweverOftenItLooksForItself() throws Exception {
        Process other = PresentWorker.start(folder, "other");
        try (Presence own = Presence.open(folder, "own")) {
            own.dead();
            own.dead();
            // Had the looking cost this process its own lock, another one would find it dead.
            Process third = PresentWorker.start(folder, "third");
            third.destroyForcibly().waitFor();
            assertThat(own.dead()).containsExactly("third");
            assertThat(folder.resolve("own.alive")).exists();
            assertThat(folder.resolve("own.new")).doesNotExist();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
