package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.State;
import dev.windrow.common.source.SourceException;
import dev.windrow.testkit.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ExportRunnerTest {
    private static final int ROWS = 6_345;

    @TempDir
    private Path folder;

    @Test
    void findsNothingToDoWhereNothingWaits() throws IOException {
        try (Bench bench = new Bench(folder);
                ExportRunner runner = bench.runner()) {
            assertThat(runner.runNext()).isFalse();
        }
    }

    @Test
    void completesWithEveryRowInTheArchiveThatTheStatusDescribes() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner = bench.runner()) {
            bench.queue();

            assertThat(runner.runNext()).isTrue();

            Export export = bench.export();
            assertThat(export.state()).isEqualTo(State.COMPLETED);
            assertThat(export.progress().percent()).isEqualTo(100.0);
            assertThat(export.progress().phase()).isEqualTo(Phase.DONE);
            assertThat(export.progress().rowsWritten()).isEqualTo(ROWS + 3);
            assertThat(export.times().expires()).isEqualTo(Bench.NOW.plus(Duration.ofDays(7)));
            Artifact artifact = Objects.requireNonNull(export.artifact());
            assertThat(artifact.entries())
                    .extracting(Artifact.Entry::name, Artifact.Entry::rows)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("small.csv", 3L),
                            org.assertj.core.groups.Tuple.tuple("numbers.csv", (long) ROWS));
            assertThat(Digests.hex(bench.archive())).isEqualTo(artifact.sha256());
            assertThat(entry(bench, "small.csv"))
                    .isEqualTo(
                            "n,words,part\r\n3,number 3 of them,0.375\r\n2,number 2 of them,0.25\r\n1,number 1 of them,0.125\r\n");
            assertThat(entry(bench, "numbers.csv")).isEqualTo(expectedNumbers());
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    @Test
    void describesTheArchiveInItsManifest() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner = bench.runner()) {
            bench.queue();
            runner.runNext();

            JsonNode manifest = JsonMapper.shared().readTree(entry(bench, "manifest.json"));

            assertThat(manifest.get("export").asString()).isEqualTo(Bench.ID.toString());
            assertThat(manifest.get("asOf").asString()).isEqualTo(Bench.NOW.toString());
            JsonNode numbers = manifest.get("files").get(1);
            assertThat(numbers.get("rows").asLong()).isEqualTo(ROWS);
            assertThat(numbers.get("sha256").asString())
                    .isEqualTo(Digests.hex(expectedNumbers().getBytes(StandardCharsets.UTF_8)));
            assertThat(numbers.get("columns").get(2).get("type").asString()).isEqualTo("number");
        }
    }

    @Test
    void goesOnAfterAShutdownAndEndsWithTheSameBytes() throws Exception {
        byte[] undisturbed = undisturbed();
        for (int rows : new int[] {1, 4, 103, 3_000, 3_003, ROWS + 2}) {
            try (Bench bench = new Bench(folder.resolve("b" + rows)).withRows(ROWS)) {
                bench.queue();
                stopAfter(rows, bench);
                assertThat(bench.export().state()).isEqualTo(State.QUEUED);
                assertThat(bench.export().attempt()).isEqualTo(1);

                try (ExportRunner second = bench.runner()) {
                    second.runNext();
                }

                assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
                // What is not a block yet is not kept.
                if (rows >= 3_000) {
                    assertThat(bench.export().progress().resumedFromRow()).isPositive();
                }
                assertThat(bench.archive()).as("stopped after %d rows", rows).isEqualTo(undisturbed);
                assertThat(bench.workFiles()).isEmpty();
            }
        }
    }

    private byte[] undisturbed() throws Exception {
        try (Bench bench = new Bench(folder.resolve("undisturbed")).withRows(ROWS);
                ExportRunner runner = bench.runner()) {
            bench.queue();
            runner.runNext();
            return bench.archive();
        }
    }

    private static void stopAfter(int rows, Bench bench) {
        AtomicReference<ExportRunner> self = new AtomicReference<>();
        try (ExportRunner first = bench.runner(
                StoppingSource.after(rows, bench.source, () -> self.get().shutDown()))) {
            self.set(first);
            first.runNext();
        }
    }

    /** As by JobRunr, when it switches itself off and will not wait any longer. */
    @Test
    void givesTheExportBackWhenItsThreadIsInterruptedAndEndsWithTheSameBytes() throws Exception {
        byte[] undisturbed = undisturbed();
        FaultyStore.Fault interrupt = Thread.currentThread()::interrupt;
        for (int rows : new int[] {1, 57, 3_000, ROWS + 3, Integer.MAX_VALUE}) {
            try (Bench bench = new Bench(folder.resolve("b" + rows)).withRows(ROWS);
                    ExportRunner first = bench.runner(
                            StoppingSource.after(
                                    rows,
                                    bench.source,
                                    () -> Thread.currentThread().interrupt()),
                            new FaultyStore(
                                    bench.artifacts,
                                    rows == Integer.MAX_VALUE ? interrupt : FaultyStore.NONE,
                                    FaultyStore.NONE),
                            bench.clock)) {
                bench.queue();
                first.runNext();
                assertThat(Thread.interrupted())
                        .as("the interrupt is left to the thread's owner")
                        .isTrue();
                assertThat(bench.export().state())
                        .as("interrupted after %d rows", rows)
                        .isEqualTo(State.QUEUED);
                assertThat(bench.export().attempt()).isEqualTo(1);
                assertThat(bench.export().run().attempts().failures()).isZero();

                try (ExportRunner second = bench.runner()) {
                    second.runNext();
                }

                assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
                // What is not a block yet is not kept.
                if (rows >= 3_000) {
                    assertThat(bench.export().progress().resumedFromRow()).isPositive();
                }
                assertThat(bench.archive())
                        .as("interrupted after %d rows", rows)
                        .isEqualTo(undisturbed);
                assertThat(bench.workFiles()).isEmpty();
            }
        }
    }

    @Test
    void stopsAndLeavesNoFileWhenItIsCancelled() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner = bench.runner(StoppingSource.after(
                        1_000, bench.source, () -> bench.exports.cancel(Bench.ID, Bench.OWNER, Bench.NOW)))) {
            bench.queue();

            runner.runNext();

            assertThat(bench.export().state()).isEqualTo(State.CANCELLED);
            assertThat(bench.export().artifact()).isNull();
            assertThat(bench.workFiles()).isEmpty();
            assertThat(bench.artifacts.keys()).isEmpty();
        }
    }

    @Test
    void touchesNothingWhenAnotherClaimHasTakenOver() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner zombie = bench.runner(StoppingSource.after(1_000, bench.source, () -> takeOver(bench)))) {
            bench.queue();

            zombie.runNext();

            assertThat(bench.export().state()).isEqualTo(State.RUNNING);
            assertThat(bench.export().lastClaim().number()).isEqualTo(2);
            // The successor may be copying from it: the janitor removes it.
            assertThat(bench.workFiles()).containsExactly(Bench.ID + ".1.part");
        }
    }

    private static void takeOver(Bench bench) {
        assertThat(bench.runs.handOver(bench.export().lastClaim())).isTrue();
        assertThat(bench.runs.claimNext("other", Bench.NOW, Duration.ofSeconds(10)))
                .isPresent();
    }

    @Test
    void beginsAnewWhenTheFileOfItsCheckpointIsGone() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();
            stopAfter(1_000, bench);
            stopAfter(10, bench);
            assertThat(bench.export().progress().resumedFromRow()).isPositive();
            for (String file : bench.workFiles()) {
                java.nio.file.Files.delete(bench.work().resolve(file));
            }

            try (ExportRunner second = bench.runner()) {
                second.runNext();
            }

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().progress().resumedFromRow()).isNull();
            assertThat(entry(bench, "numbers.csv")).isEqualTo(expectedNumbers());
        }
    }

    @Test
    void beginsAnewWhenItsCheckpointIsOfAnotherEngine() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.become("zlib:0123456789abcdef");
            bench.queue();
            stopAfter(1_000, bench);
            assertThat(Objects.requireNonNull(bench.export().run().checkpoint()).engine())
                    .matches("zlib:0123456789abcdef/6 [0-9a-f]{16}");
            bench.become("zlib:fedcba9876543210");

            try (ExportRunner second = bench.runner()) {
                second.runNext();
            }

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().progress().resumedFromRow()).isNull();
            assertThat(entry(bench, "numbers.csv")).isEqualTo(expectedNumbers());
            assertThat(entry(bench, "manifest.json")).contains("\"engine\" : \"zlib:fedcba9876543210/6\"");
            assertThat(bench.blocks()).contains("\"engine\":\"zlib:fedcba9876543210/6\"");
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    /** It may have lost its claim, and its successor be about to copy what was synced. */
    @Test
    void leavesWhatAnotherEngineHasSyncedUntilItHasACheckpointOfItsOwn() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.become("zlib:0123456789abcdef");
            bench.queue();
            stopAfter(1_000, bench);
            bench.become("zlib:fedcba9876543210");
            try (ExportRunner second = bench.runner(StoppingSource.after(1, bench.source, () -> takeOver(bench)))) {
                second.runNext();
            }
            assertThat(bench.runs.handOver(bench.export().lastClaim())).isTrue();
            bench.become("zlib:0123456789abcdef");

            try (ExportRunner fourth = bench.runner()) {
                fourth.runNext();
            }

            assertThat(bench.export().progress().resumedFromRow()).isPositive();
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    @Test
    void goesOnWithACheckpointOfItsOwnEngineOnly() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();
            stopAfter(1_000, bench);
            bench.forgetEngine();

            try (ExportRunner second = bench.runner()) {
                second.runNext();
            }

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().progress().resumedFromRow())
                    .as("the checkpoint is of a version that named no engine")
                    .isNull();
        }
    }

    @Test
    void failsWithTheReasonAndNoFileWhenTheSourceRefusesTheQuery() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner = bench.runner()) {
            bench.sql("alter table numbers rename to digits");
            bench.queue();

            runner.runNext();

            Export export = bench.export();
            assertThat(export.state()).isEqualTo(State.FAILED);
            assertThat(Objects.requireNonNull(export.outcome().failure()).code())
                    .isEqualTo(FailureCode.SOURCE_QUERY_FAILED);
            assertThat(export.outcome().failure().detail())
                    .doesNotContainIgnoringCase("select")
                    .doesNotContain("/");
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    @Test
    void waitsToBeTriedAgainWhenTheSourceIsNotThere() throws Exception {
        try (Bench bench = new Bench(folder);
                ExportRunner runner = bench.runner()) {
            bench.queue();

            runner.runNext();

            Export export = bench.export();
            assertThat(export.state()).isEqualTo(State.QUEUED);
            assertThat(Objects.requireNonNull(export.outcome().failure()).code())
                    .isEqualTo(FailureCode.SOURCE_UNAVAILABLE);
            assertThat(export.attempt()).isEqualTo(2);
            assertThat(Objects.requireNonNull(export.times().notBefore())).isAfter(Bench.NOW);
        }
    }

    /** It may have run for hours since. */
    @Test
    void waitsAsAfterAFirstFailureWhenItHasGotOnSinceTheLast() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner = bench.runner(StoppingSource.after(1_000, bench.source, () -> {
                    throw new SourceException(SourceException.Kind.UNAVAILABLE, "away", new IOException());
                }))) {
            bench.queue();
            for (int failures = 0; failures < 5; failures++) {
                Export claimed = bench.runs
                        .claimNext("test", Bench.NOW, Duration.ofSeconds(10))
                        .orElseThrow();
                bench.runs.tryAgain(
                        claimed.lastClaim(), new Failure(FailureCode.SOURCE_UNAVAILABLE, "away"), Bench.NOW);
            }

            runner.runNext();

            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            assertThat(bench.export().run().attempts().failures()).isEqualTo(1);
            assertThat(bench.export().times().notBefore()).isEqualTo(Bench.NOW.plusSeconds(2));
            assertThat(bench.export().progress().rowsWritten()).isPositive();
        }
    }

    @Test
    void leavesOutRowsThatComeAfterTheCutoff() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS);
                ExportRunner runner =
                        bench.runner(StoppingSource.after(500, bench.source, () -> insertLateRow(bench)))) {
            bench.queue();

            runner.runNext();

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(entry(bench, "numbers.csv")).isEqualTo(expectedNumbers());
        }
    }

    private static void insertLateRow(Bench bench) {
        try {
            bench.sql("insert into numbers values (" + (ROWS + 1) + ", 'late', 0)");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String expectedNumbers() {
        StringBuilder csv = new StringBuilder("n,words,part\r\n");
        IntStream.rangeClosed(1, ROWS)
                .forEach(n -> csv.append(n)
                        .append(",number ")
                        .append(n)
                        .append(" of them,")
                        .append(n / 8.0)
                        .append("\r\n"));
        return csv.toString();
    }

    private static String entry(Bench bench, String name) throws IOException {
        String key = Objects.requireNonNull(bench.export().artifact()).key();
        try (ZipFile zip =
                new ZipFile(bench.artifacts.localFile(key).orElseThrow().toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
