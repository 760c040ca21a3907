package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in a home whose status table is an older one, put back: files of later claims are there already. */
final class RestoredTableTest {
    private static final int ROWS = 2_345;

    @TempDir
    private Path folder;

    @Test
    void beginsAnewBesideAFileThatHasItsName() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();
            assertThat(bench.runs.claimNext("lost", Bench.NOW, Duration.ofSeconds(10)))
                    .isPresent();
            bench.runs.handOver(bench.export().lastClaim());

            completesAtOnceAndKeepsWhatHadItsName(bench);
        }
    }

    @Test
    void goesOnFromACheckpointBesideAFileThatHasItsName() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();
            ExportRunner[] self = new ExportRunner[1];
            try (ExportRunner first =
                    bench.runner(StoppingSource.after(1_000, bench.source, () -> self[0].shutDown()))) {
                self[0] = first;
                first.runNext();
            }
            assertThat(bench.export().run().checkpoint()).isNotNull();

            completesAtOnceAndKeepsWhatHadItsName(bench);

            assertThat(bench.export().progress().resumedFromRow()).isPositive();
        }
    }

    private static void completesAtOnceAndKeepsWhatHadItsName(Bench bench) throws Exception {
        Path left = bench.work().resolve(Bench.ID + ".2.part");
        Files.writeString(left, "of another time");
        Object key = Files.readAttributes(left, BasicFileAttributes.class).fileKey();

        try (ExportRunner second = bench.runner()) {
            second.runNext();
        }

        assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
        assertThat(bench.export().lastClaim().number()).isEqualTo(2);
        assertThat(bench.export().attempt()).isEqualTo(1);
        Path aside = bench.work().resolve(Bench.ID + ".2.unknown.part");
        assertThat(bench.workFiles()).containsExactly(String.valueOf(aside.getFileName()));
        assertThat(aside).hasContent("of another time");
        // Moved, not copied: whoever still writes to it does not write to the new one.
        assertThat(Files.readAttributes(aside, BasicFileAttributes.class).fileKey())
                .isEqualTo(key);
    }
}
