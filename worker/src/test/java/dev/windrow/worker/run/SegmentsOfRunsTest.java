package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.Segments.Segment;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.Checkpoint.Span;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import dev.windrow.worker.files.FolderSegments;
import dev.windrow.worker.files.Replicas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a run whose machine is gone, where segments of its file are kept: workers on machines of their own,
 * which share a status table, a store and segments, and see nothing of each other's disks.
 */
@Timeout(60)
final class SegmentsOfRunsTest {
    private static final int ROWS = 36_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private byte[] undisturbed = {};
    private String undisturbedBlocks = "";
    private FolderSegments segments;

    @BeforeEach
    void runOneUndisturbed() throws Exception {
        segments = new FolderSegments(folder.resolve("segments"));
        try (Bench bench = new Bench(folder.resolve("undisturbed")).withRows(ROWS)) {
            bench.queue();
            run(bench);
            undisturbed = bench.archive();
            undisturbedBlocks = bench.blocks();
        }
    }

    @Test
    void goesOnFromTheLastSegmentOnAnotherMachine() throws Exception {
        try (Bench bench = bench()) {
            killAfter(9_000, bench);
            Replica replica = replica(bench);
            long kept = replica.checkpoint().rows();
            assertThat(replica.spans())
                    .containsExactly(new Span(1, replica.checkpoint().length()));

            bench.machine = "second";
            AtomicLong left = new AtomicLong(Long.MAX_VALUE);
            run(bench, counting(bench, left));

            completedAsUndisturbed(bench);
            assertThat(bench.export().progress().resumedFromRow()).isEqualTo(kept);
            assertThat(bench.export().attempt()).isEqualTo(2);
            assertThat(Long.MAX_VALUE - left.get()).isEqualTo(ROWS + 3 - kept);
            assertThat(segments.runs()).isEmpty();
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    @Test
    void saysAtOnceThatItIsBackWhereTheSegmentsEnd() throws Exception {
        try (Bench bench = bench()) {
            killAfter(9_000, bench);
            Replica replica = replica(bench);
            // As after many checkpoints that no segment holds.
            Checkpoint last = Objects.requireNonNull(bench.export().run().checkpoint());
            assertThat(last.length())
                    .isGreaterThanOrEqualTo(replica.checkpoint().length());
            bench.machine = "second";

            killAfter(1, bench, false);

            Export waiting = bench.export();
            assertThat(waiting.run().checkpoint())
                    .isEqualTo(replica.checkpoint().in(new Claim(Bench.ID, 2)));
            assertThat(waiting.run().replica()).isEqualTo(replica);
            assertThat(waiting.progress().rowsWritten())
                    .isEqualTo(replica.checkpoint().rows());
            assertThat(waiting.progress().bytesWritten())
                    .isEqualTo(replica.checkpoint().length());
            assertThat(waiting.run().attempts().losses())
                    .as("to go on is no progress: an export that kills its workers ends")
                    .isEqualTo(2);
        }
    }

    @Test
    void prefersTheFileOnItsOwnDiskWhichHasMore() throws Exception {
        try (Bench bench = bench()) {
            killAfter(9_000, bench);
            run(bench);

            completedAsUndisturbed(bench);
            assertThat(segments.fetched).hasValue(0);
        }
    }

    @Test
    void goesOnFromOneMachineToTheNextWithSegmentsOfAllOfThem() throws Exception {
        try (Bench bench = bench()) {
            long kept = 0;
            for (int machine = 1; machine <= 3; machine++) {
                bench.machine = "machine-" + machine;
                killAfter(9_500, bench);
                assertThat(replica(bench).spans()).hasSize(machine);
                assertThat(replica(bench).checkpoint().rows()).isGreaterThan(kept);
                kept = replica(bench).checkpoint().rows();
            }
            bench.machine = "machine-4";
            run(bench);

            completedAsUndisturbed(bench);
            assertThat(bench.export().progress().resumedFromRow()).isEqualTo(kept);
            assertThat(segments.runs()).isEmpty();
        }
    }

    @Test
    void isNotToldByAZombieWhatItsFileHolds() throws Exception {
        try (Bench bench = bench()) {
            killAfter(9_000, bench);
            long end = replica(bench).checkpoint().length();
            // It went on after the claim was lost: what it kept then is in no row.
            segments.put(new Segment(Bench.ID + ".1", end, 5), new byte[5]);
            bench.machine = "second";
            StoppingSource rows = StoppingSource.after(2_000, bench.source, () -> {
                try {
                    segments.put(new Segment(Bench.ID + ".1", end + 5, 7), new byte[7]);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            run(bench, rows);

            completedAsUndisturbed(bench);
            assertThat(segments.runs()).isEmpty();
        }
    }

    @Test
    void takesNoNoticeOfABucketThatIsAwayAndCatchesUp() throws Exception {
        try (Bench bench = bench()) {
            segments.fault = () -> {
                throw new IOException("the bucket is away");
            };
            StoppingSource rows = StoppingSource.after(9_000, bench.source, () -> {
                assertThat(bench.export().run().checkpoint()).isNotNull();
                assertThat(bench.export().run().replica()).isNull();
                segments.fault = () -> {};
                await(() -> bench.export().run().replica() != null);
                throw new FaultyStore.Killed();
            });
            kill(bench, rows);
            assertThat(replica(bench).checkpoint().rows()).isGreaterThan(1_000);
            bench.machine = "second";
            run(bench);

            completedAsUndisturbed(bench);
            assertThat(bench.export().progress().resumedFromRow()).isGreaterThan(1_000);
        }
    }

    @Test
    void waitsForSegmentsThatCanNotBeHadYet() throws Exception {
        try (Bench bench = bench()) {
            killAfter(9_000, bench);
            bench.machine = "second";
            fail(segments, 2);
            run(bench);

            completedAsUndisturbed(bench);
            assertThat(bench.export().progress().resumedFromRow()).isPositive();
        }
    }

    @Test
    void beginsAnewWhereASegmentIsMissing() throws Exception {
        try (Bench bench = bench()) {
            killAfter(9_000, bench);
            Files.delete(segments.file(segments.of(Bench.ID + ".1").get(0)));
            bench.machine = "second";
            run(bench);

            completedAsUndisturbed(bench);
            assertThat(bench.export().progress().resumedFromRow()).isNull();
        }
    }

    @Test
    void neverMakesAWrongArchiveOfAWrongSegment() throws Exception {
        try (Bench bench = bench()) {
            killAfter(9_000, bench);
            Path file = segments.file(segments.of(Bench.ID + ".1").get(0));
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            bench.machine = "second";
            run(bench);
            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            assertThat(bench.export().run().replica())
                    .as("nobody goes on from it again")
                    .isNull();

            runLater(bench, Duration.ofMinutes(1));

            completedAsUndisturbed(bench);
        }
    }

    /** Or somebody would put the beginning of the one file before the end of the other. */
    @Test
    void forgetsSegmentsOfAnotherFileWhenItHasACheckpointOfItsOwn() throws Exception {
        try (Bench bench = bench()) {
            killAfter(9_000, bench);
            Replica former = replica(bench);
            bench.machine = "second";
            bench.become("another");
            segments.fault = () -> {
                throw new IOException("the bucket is away");
            };
            killAfter(1, bench, false);
            assertThat(bench.export().run().replica())
                    .as("the former engine may still go on from it")
                    .isEqualTo(former);

            killAfter(9_000, bench, false);

            assertThat(bench.export().run().checkpoint()).isNotNull();
            assertThat(bench.export().run().replica()).isNull();
        }
    }

    @Test
    void waitsForAStoreThatIsAwayWithItsArchive() throws Exception {
        try (Bench bench = bench()) {
            AtomicInteger faults = new AtomicInteger(2);
            run(bench, away(bench, faults));

            completedAsUndisturbed(bench);
            assertThat(bench.export().attempt()).isEqualTo(1);
            assertThat(faults.get()).isNegative();
        }
    }

    @Test
    void heedsACancelWhileItWaitsForTheStore() throws Exception {
        try (Bench bench = bench()) {
            FaultyStore store = new FaultyStore(
                    bench.artifacts,
                    () -> {
                        bench.exports.cancel(Bench.ID, Bench.OWNER, Bench.NOW);
                        throw new IOException("the bucket is away");
                    },
                    FaultyStore.NONE);
            run(bench, store);

            assertThat(bench.export().state()).isEqualTo(State.CANCELLED);
            assertThat(bench.workFiles()).isEmpty();
            assertThat(segments.runs()).isEmpty();
        }
    }

    @Test
    void isTriedAgainWithWhatWasSealedWhenTheStoreStaysAway() throws Exception {
        try (Bench bench = bench()) {
            bench.replicas = new Replicas(segments, 1, Duration.ZERO);
            run(bench, away(bench, new AtomicInteger(1)));
            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            assertThat(Objects.requireNonNull(bench.export().outcome().failure())
                            .code())
                    .isEqualTo(FailureCode.STORAGE_UNAVAILABLE);

            runLater(bench, Duration.ofMinutes(1));

            completedAsUndisturbed(bench);
            assertThat(Objects.requireNonNull(bench.export().artifact()).key()).isEqualTo(Bench.ID + ".1.zip");
        }
    }

    @Test
    void givesItsExportToAnotherWorkerWhenItsDiskIsGone() throws Exception {
        try (Bench bench = bench()) {
            StoppingSource rows = StoppingSource.after(9_000, bench.source, () -> {
                await(() -> bench.export().run().replica() != null);
                loseDisk(bench);
            });
            try (ExportRunner broken = bench.runner(rows)) {
                broken.runNext();
                assertThat(bench.export().state()).isEqualTo(State.QUEUED);
                assertThat(bench.export().attempt()).isEqualTo(1);
                assertThat(broken.runNext())
                        .as("takes nothing with such a disk")
                        .isFalse();
                Files.delete(bench.work());
                bench.machine = "second";
                run(bench);
            }
            completedAsUndisturbed(bench);
            assertThat(bench.export().progress().resumedFromRow()).isPositive();
        }
    }

    @Test
    void takesExportsAgainWhenItsDiskIsMended() throws Exception {
        try (Bench bench = bench();
                ExportRunner runner = bench.runner()) {
            Files.delete(bench.work());
            assertThat(runner.runNext()).isFalse();
            Files.createDirectory(bench.work());
            bench.storage.left = () -> 0;
            assertThat(runner.runNext()).as("full").isFalse();
            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            bench.storage.left = () -> Long.MAX_VALUE;

            assertThat(runner.runNext()).isTrue();
            completedAsUndisturbed(bench);
        }
    }

    @Test
    void leavesToOthersWhatFoundNoRoomHere() throws Exception {
        try (Bench bench = bench()) {
            StoppingSource rows = StoppingSource.after(9_000, bench.source, () -> {
                await(() -> bench.export().run().replica() != null);
                bench.storage.left = () -> -1;
            });
            try (ExportRunner full = bench.runner(rows)) {
                full.runNext();
                assertThat(bench.export().state()).isEqualTo(State.QUEUED);
                assertThat(bench.workFiles()).isEmpty();
                bench.storage.left = () -> Long.MAX_VALUE;
                assertThat(full.runNext()).as("for a while").isFalse();
            }
            bench.machine = "second";
            runLater(bench, Duration.ofMinutes(1));

            completedAsUndisturbed(bench);
            assertThat(bench.export().progress().resumedFromRow()).isPositive();
        }
    }

    private Bench bench() throws Exception {
        Bench bench = new Bench(folder.resolve("bench")).withRows(ROWS);
        bench.replicas = new Replicas(segments, 1, PATIENCE);
        bench.queue();
        return bench;
    }

    /** As if the machine was switched off after so many rows, when something of them is kept. */
    private static void killAfter(int rows, Bench bench) throws Exception {
        killAfter(rows, bench, true);
    }

    private static void killAfter(int rows, Bench bench, boolean kept) throws Exception {
        long claim = bench.export().lastClaim().number() + 1;
        kill(bench, StoppingSource.after(rows, bench.source, () -> {
            if (kept) {
                await(() -> hasKept(bench, claim));
            }
            throw new FaultyStore.Killed();
        }));
    }

    private static boolean hasKept(Bench bench, long claim) {
        Replica replica = bench.export().run().replica();
        return replica != null && replica.checkpoint().claim() == claim;
    }

    private static void kill(Bench bench, StoppingSource rows) throws IOException {
        Files.createDirectories(bench.work());
        try (ExportRunner runner = bench.runner(rows)) {
            assertThatThrownBy(runner::runNext).isInstanceOf(FaultyStore.Killed.class);
        }
        assertThat(bench.upkeep.lose(bench.upkeep.held().get(0))).isTrue();
    }

    private static void run(Bench bench) throws IOException {
        run(bench, StoppingSource.after(Long.MAX_VALUE, bench.source, () -> {}));
    }

    private static void run(Bench bench, StoppingSource rows) throws IOException {
        Files.createDirectories(bench.work());
        try (ExportRunner runner = bench.runner(rows)) {
            assertThat(runner.runNext()).isTrue();
        }
    }

    private static void run(Bench bench, FaultyStore store) {
        try (ExportRunner runner = bench.runner(bench.source, store, bench.clock)) {
            assertThat(runner.runNext()).isTrue();
        }
    }

    private static void runLater(Bench bench, Duration later) throws IOException {
        Files.createDirectories(bench.work());
        Clock time = Clock.offset(bench.clock, later);
        try (ExportRunner runner = bench.runner(bench.source, bench.artifacts, time)) {
            assertThat(runner.runNext()).isTrue();
        }
    }

    private static FaultyStore away(Bench bench, AtomicInteger faults) {
        return new FaultyStore(
                bench.artifacts,
                () -> {
                    if (faults.getAndDecrement() > 0) {
                        throw new IOException("the bucket is away");
                    }
                },
                FaultyStore.NONE);
    }

    private static void fail(FolderSegments segments, int times) {
        AtomicInteger left = new AtomicInteger(times);
        segments.fault = () -> {
            if (left.getAndDecrement() > 0) {
                throw new IOException("the bucket is away");
            }
        };
    }

    /** Counts down the rows that it gives. */
    private static StoppingSource counting(Bench bench, AtomicLong left) {
        return new StoppingSource(bench.source, left, () -> {});
    }

    /** The folder is gone, and nothing can be made in its place. */
    private static void loseDisk(Bench bench) {
        try {
            for (String file : bench.workFiles()) {
                Files.delete(bench.work().resolve(file));
            }
            Files.delete(bench.work());
            Files.createFile(bench.work());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Replica replica(Bench bench) {
        return Objects.requireNonNull(bench.export().run().replica());
    }

    private void completedAsUndisturbed(Bench bench) throws IOException {
        assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
        assertThat(bench.archive()).isEqualTo(undisturbed);
        assertThat(bench.blocks()).isEqualTo(undisturbedBlocks);
        assertThat(List.of(bench.export().progress().rowsWritten())).containsExactly(ROWS + 3L);
    }

    /** Until another thread has got that far; the test's time-out ends it. */
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
