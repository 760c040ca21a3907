package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import dev.windrow.common.source.RowSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an archive that is sealed when its worker dies, is stopped, or can't write. */
final class PublishTest {
    private static final int ROWS = 345;

    @TempDir
    private Path folder;

    private byte[] undisturbed = {};
    private String undisturbedBlocks = "";

    @BeforeEach
    void runOneUndisturbed() throws Exception {
        try (Bench bench = new Bench(folder.resolve("undisturbed")).withRows(ROWS);
                ExportRunner runner = bench.runner()) {
            bench.queue();
            runner.runNext();
            undisturbed = bench.archive();
            undisturbedBlocks = bench.blocks();
        }
    }

    @Test
    void publishesWhatWasSealedAndNotYetRenamed() throws Exception {
        try (Bench bench = killedAtPublishing(FaultyStore.KILL, FaultyStore.NONE)) {
            assertThat(bench.workFiles()).containsExactlyInAnyOrder(Bench.ID + ".1.part", Bench.ID + ".1.blocks.part");
            assertThat(bench.artifacts.keys()).isEmpty();

            takesOverWithoutReadingARow(bench);
        }
    }

    @Test
    void completesWhatWasRenamedAlready() throws Exception {
        try (Bench bench = killedAtPublishing(FaultyStore.NONE, FaultyStore.KILL)) {
            assertThat(bench.workFiles()).isEmpty();
            assertThat(bench.artifacts.keys()).containsExactlyInAnyOrder(Bench.ID + ".1.zip", Bench.ID + ".1.blocks");

            takesOverWithoutReadingARow(bench);
        }
    }

    /** Killed while it takes over as well, at both places: still nothing is lost. */
    @Test
    void takesOverFromOneThatDiedTakingOver() throws Exception {
        try (Bench bench = killedAtPublishing(FaultyStore.KILL, FaultyStore.NONE)) {
            kill(bench, FaultyStore.KILL, FaultyStore.NONE);
            kill(bench, FaultyStore.NONE, FaultyStore.KILL);

            takesOverWithoutReadingARow(bench);
        }
    }

    @Test
    void makesTheArchiveAgainWhenWhatWasSealedIsSpoilt() throws Exception {
        try (Bench bench = killedAtPublishing(FaultyStore.KILL, FaultyStore.NONE)) {
            Path sealed = bench.work().resolve(Bench.ID + ".1.part");
            byte[] bytes = Files.readAllBytes(sealed);
            bytes[bytes.length / 2] ^= 1;
            Files.write(sealed, bytes);

            run(bench, bench.source);

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(Objects.requireNonNull(bench.export().artifact()).key()).isEqualTo(Bench.ID + ".2.zip");
            assertThat(bench.archive()).isEqualTo(undisturbed);
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    @Test
    void makesTheArchiveAgainWhenWhatWasSealedIsGone() throws Exception {
        try (Bench bench = killedAtPublishing(FaultyStore.KILL, FaultyStore.NONE)) {
            Files.delete(bench.work().resolve(Bench.ID + ".1.part"));

            run(bench, bench.source);

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.archive()).isEqualTo(undisturbed);
        }
    }

    /** Such a power cut keeps the one name in the work folder and not the other. */
    @Test
    void makesTheArchiveAgainWhenTheListOfItsBlocksIsGone() throws Exception {
        try (Bench bench = killedAtPublishing(FaultyStore.KILL, FaultyStore.NONE)) {
            Files.delete(bench.work().resolve(Bench.ID + ".1.blocks.part"));

            run(bench, bench.source);

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.archive()).isEqualTo(undisturbed);
            assertThat(bench.blocks()).isEqualTo(undisturbedBlocks);
        }
    }

    @Test
    void completesWithAnArchiveWhoseListOfBlocksWasRemovedFromTheStore() throws Exception {
        try (Bench bench = killedAtPublishing(FaultyStore.NONE, FaultyStore.KILL)) {
            bench.artifacts.delete(Bench.ID + ".1.blocks");

            run(bench, bench.source);

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.archive()).isEqualTo(undisturbed);
            assertThat(bench.artifacts.keys()).containsExactly(Bench.ID + ".1.zip");
        }
    }

    /** Killed between the two renames: the list is there, the archive not yet. */
    @Test
    void publishesWhatWasSealedWhoseListIsInTheStoreAlready() throws Exception {
        try (Bench bench = killedAtPublishing(FaultyStore.KILL, FaultyStore.NONE)) {
            bench.artifacts.publish(bench.work().resolve(Bench.ID + ".1.blocks.part"), Bench.ID + ".1.blocks");

            takesOverWithoutReadingARow(bench);
        }
    }

    /**
     * Stopped before the rename, woken after its successor has completed: it renames nothing, and what is published
     * stays.
     */
    @Test
    void changesNothingAsAZombieThatWasAboutToPublish() throws Exception {
        for (boolean beforeRename : new boolean[] {true, false}) {
            try (Bench bench = new Bench(folder.resolve("zombie-" + beforeRename)).withRows(ROWS)) {
                bench.queue();
                FaultyStore.Fault paused = () -> {
                    lose(bench);
                    run(bench, bench.source);
                };
                FaultyStore store = new FaultyStore(
                        bench.artifacts,
                        beforeRename ? paused : FaultyStore.NONE,
                        beforeRename ? FaultyStore.NONE : paused);
                try (ExportRunner zombie = bench.runner(bench.source, store, bench.clock)) {
                    zombie.runNext();
                }

                assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
                assertThat(bench.export().lastClaim().number()).isEqualTo(2);
                assertThat(bench.archive()).isEqualTo(undisturbed);
                assertThat(bench.artifacts.keys()).hasSize(2);
                assertThat(bench.workFiles()).isEmpty();
            }
        }
    }

    @Test
    void triesAnewFromTheFirstByteWhenTheDiskHasFailed() throws Exception {
        try (Bench bench = new Bench(folder.resolve("io")).withRows(ROWS)) {
            bench.queue();
            AtomicInteger faults = new AtomicInteger(2);
            FaultyStore store = new FaultyStore(
                    bench.artifacts,
                    () -> {
                        if (faults.getAndDecrement() > 0) {
                            throw new IOException("Input/output error");
                        }
                    },
                    FaultyStore.NONE);
            runLater(bench, store, Duration.ZERO);
            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            assertThat(bench.export().times().notBefore()).isAfter(Bench.NOW);
            assertThat(bench.workFiles()).as("nobody trusts that file again").isEmpty();

            runLater(bench, store, Duration.ofMinutes(1));
            runLater(bench, store, Duration.ofMinutes(2));

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().attempt()).isEqualTo(3);
            assertThat(bench.archive()).isEqualTo(undisturbed);
        }
    }

    @Test
    void failsInTheEndWhenTheDiskGoesOnFailing() throws Exception {
        try (Bench bench = new Bench(folder.resolve("io")).withRows(ROWS)) {
            bench.queue();
            FaultyStore store = new FaultyStore(
                    bench.artifacts,
                    () -> {
                        throw new IOException("Input/output error");
                    },
                    FaultyStore.NONE);
            int runs = 0;
            while (bench.export().state() == State.QUEUED) {
                runs++;
                assertThat(runs).isLessThanOrEqualTo(10);
                runLater(bench, store, Duration.ofHours(runs));
            }

            Export failed = bench.export();
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(Objects.requireNonNull(failed.outcome().failure()).code())
                    .isEqualTo(FailureCode.INTERNAL);
            assertThat(runs).isGreaterThan(1);
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    private static void runLater(Bench bench, FaultyStore store, Duration later) {
        try (ExportRunner runner = bench.runner(bench.source, store, Clock.offset(bench.clock, later))) {
            runner.runNext();
        }
    }

    private Bench killedAtPublishing(FaultyStore.Fault before, FaultyStore.Fault after) throws Exception {
        Bench bench = new Bench(folder.resolve("bench")).withRows(ROWS);
        bench.queue();
        kill(bench, before, after);
        return bench;
    }

    private static void kill(Bench bench, FaultyStore.Fault before, FaultyStore.Fault after) {
        try (ExportRunner runner =
                bench.runner(bench.source, new FaultyStore(bench.artifacts, before, after), bench.clock)) {
            assertThatThrownBy(runner::runNext).isInstanceOf(FaultyStore.Killed.class);
        }
        assertThat(bench.export().state()).isEqualTo(State.RUNNING);
        lose(bench);
    }

    private static void lose(Bench bench) {
        assertThat(bench.upkeep.lose(bench.upkeep.held().get(0))).isTrue();
    }

    private void takesOverWithoutReadingARow(Bench bench) throws IOException {
        run(bench, StoppingSource.after(1, bench.source, () -> {
            throw new AssertionError("a row was read");
        }));

        Export export = bench.export();
        assertThat(export.state()).isEqualTo(State.COMPLETED);
        assertThat(Objects.requireNonNull(export.artifact()).key()).isEqualTo(Bench.ID + ".1.zip");
        assertThat(export.progress().rowsWritten()).isEqualTo(ROWS + 3);
        assertThat(export.progress().resumedFromRow()).isEqualTo(ROWS + 3);
        assertThat(export.progress().bytesWritten()).isEqualTo(undisturbed.length);
        assertThat(bench.archive()).isEqualTo(undisturbed);
        assertThat(bench.blocks()).isEqualTo(undisturbedBlocks);
        assertThat(bench.workFiles()).isEmpty();
        assertThat(bench.artifacts.keys()).hasSize(2);
    }

    private static void run(Bench bench, RowSource source) {
        try (ExportRunner runner = bench.runner(source)) {
            runner.runNext();
        }
    }
}
