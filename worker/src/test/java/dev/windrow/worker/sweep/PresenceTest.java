package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
    void knowsTheEnginesOfThoseThatLiveAndLookForWork() throws Exception {
        Process other = PresentWorker.start(folder, "other");
        try (Presence own = Presence.open(folder, "own")) {
            assertThat(own.enginesElsewhere("zlib:fedcba9876543210/4")).containsExactly(PresentWorker.ENGINE);
            assertThat(own.enginesElsewhere(PresentWorker.ENGINE)).isEmpty();

            Files.setLastModifiedTime(
                    folder.resolve("other.alive"),
                    FileTime.from(Files.getLastModifiedTime(folder.resolve("own.alive"))
                            .toInstant()
                            .minusSeconds(61)));
            assertThat(own.enginesElsewhere("zlib:fedcba9876543210/4"))
                    .as("it may be stopped, or have its hands full")
                    .isEmpty();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void leavesNothingToTheDeadAndBelievesNoStrangersFile() throws Exception {
        Process other = PresentWorker.start(folder, "other");
        other.destroyForcibly().waitFor();
        Files.writeString(folder.resolve("stranger.alive"), "% or 1 = 1");
        try (Presence own = Presence.open(folder, "own")) {
            assertThat(own.enginesElsewhere("zlib:fedcba9876543210/4")).isEmpty();
        }
    }

    /** JobRunr interrupts what runs when it switches itself off. */
    @Test
    void staysAliveWhenItLooksInAnInterruptedThread() throws Exception {
        Process other = PresentWorker.start(folder, "other");
        try (Presence own = Presence.open(folder, "own")) {
            Thread.currentThread().interrupt();
            own.enginesElsewhere("zlib:fedcba9876543210/4");
            assertThat(Thread.interrupted()).isTrue();

            assertThat(PresentWorker.dead(folder)).doesNotContain("own");
        } finally {
            other.destroyForcibly().waitFor();
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
