package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.catalog.Dataset.Consistency;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import dev.windrow.common.source.RowSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes of how its source is read: leg by leg, or all of it at once. */
final class ReadingTest {
    private static final int ROWS = 6_001;

    @TempDir
    private Path folder;

    @Test
    void makesTheSameBytesWhateverTheLegs() throws Exception {
        byte[] undisturbed = archive("whole", Integer.MAX_VALUE);
        for (int legRows : new int[] {1, 100, 257, 1_000}) {
            assertThat(archive("legs" + legRows, legRows))
                    .as("legs of %d rows", legRows)
                    .isEqualTo(undisturbed);
        }
    }

    private byte[] archive(String name, int legRows) throws Exception {
        try (Bench bench = new Bench(folder.resolve(name)).withRows(ROWS);
                ExportRunner runner = bench.runner(new ShortLegs(bench.source, legRows, 0))) {
            bench.queue();
            runner.runNext();
            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            return bench.archive();
        }
    }

    @Test
    void failsWhenFewerRowsCameThanWereCountedThoughNobodyHasChangedTheSource() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner = bench.runner(counted(bench, 1, () -> {}))) {
            bench.queue();
            runner.runNext();

            assertThat(bench.export().state()).isEqualTo(State.FAILED);
            assertThat(Objects.requireNonNull(bench.export().outcome().failure())
                            .code())
                    .isEqualTo(FailureCode.ROWS_LOST);
            assertThat(bench.export().outcome().failure().detail())
                    .isEqualTo(
                            "6,006 rows were counted and 6,004 came, though the source was not changed: it sorts a key"
                                    + " otherwise than it compares it, one of small (n), numbers (n).");
            assertThat(bench.export().artifact()).isNull();
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    @Test
    void tellsOfFewerRowsWhereTheSourceWasChanged() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner = bench.runner(
                        counted(bench, 1, () -> bench.run("update numbers set part = 0 where n = 5000")))) {
            bench.queue();
            runner.runNext();

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().outcome().warnings()).hasSize(1);
        }
    }

    /** Its count is known before it has read on from the second file. */
    private static RowSource counted(Bench bench, long more, Runnable then) {
        return StoppingSource.after(3, new ShortLegs(bench.source, 1_000, more), () -> {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> bench.export().progress().rowsTotal() != null);
            then.run();
        });
    }

    @Test
    void readsAllFilesOfOneMomentInASnapshot() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.consistency = Consistency.SNAPSHOT;
            bench.queue();
            StoppingSource.Event change =
                    () -> bench.run("delete from numbers where n > 10", "insert into numbers values (-1, 'late', 0)");
            try (ExportRunner runner = bench.runner(StoppingSource.after(2, bench.source, change))) {
                runner.runNext();
            }

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(rows(bench)).containsExactly(3L, (long) ROWS);
            assertThat(bench.export().outcome().warnings()).isEmpty();
        }
    }

    @Test
    void beginsASnapshotThatWasInterruptedAnewAndAtItsOwnMoment() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.consistency = Consistency.SNAPSHOT;
            bench.queue();
            AtomicReference<ExportRunner> self = new AtomicReference<>();
            try (ExportRunner first = bench.runner(
                    StoppingSource.after(5_000, bench.source, () -> self.get().shutDown()))) {
                self.set(first);
                first.runNext();
            }
            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            assertThat(bench.export().run().checkpoint()).isNull();
            assertThat(bench.export().progress().rowsWritten()).isZero();

            bench.run("delete from numbers where n > 100");
            Duration later = Duration.ofMinutes(1);
            try (ExportRunner second = bench.runner(bench.runs, bench.source, Clock.offset(bench.clock, later))) {
                second.runNext();
            }

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().progress().resumedFromRow()).isNull();
            assertThat(Objects.requireNonNull(bench.export().run().cutoff()).asOf())
                    .isEqualTo(Bench.NOW.plus(later));
            assertThat(rows(bench)).containsExactly(3L, 100L);
        }
    }

    private static List<Long> rows(Bench bench) {
        return Objects.requireNonNull(bench.export().artifact()).entries().stream()
                .map(Artifact.Entry::rows)
                .toList();
    }
}
