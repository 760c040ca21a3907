package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.State;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FullDiskTest {
    private static final int ROWS = 2_345;

    @TempDir
    private Path folder;

    @Test
    void stopsBeforeTheReserveIsTouchedAndLeavesNoFile() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();

            fillUp(bench);

            Export export = bench.export();
            assertThat(export.state()).isEqualTo(State.QUEUED);
            assertThat(Objects.requireNonNull(export.outcome().failure()).code())
                    .isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(export.outcome().failure().detail()).doesNotContain("/").doesNotContain("bytes");
            assertThat(export.times().notBefore()).isEqualTo(Bench.NOW.plusSeconds(2));
            assertThat(bench.workFiles()).isEmpty();
            assertNothingIsClaimedToBeThere(export);
            // There is room for the status: the ballast is for a disk that is full to the last byte.
            assertThat(bench.storage.relieved).hasValue(0);
        }
    }

    @Test
    void completesOnceThereIsRoom() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();
            fillUp(bench);
            bench.storage.left = () -> Long.MAX_VALUE;

            runAfter(Duration.ofSeconds(2), bench);

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    @Test
    void writesNothingAgainWhereThereIsNoMoreRoomThanBefore() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();
            fillUp(bench);
            Checkpoint had = Objects.requireNonNull(bench.export().run().checkpoint());
            bench.storage.left = had::length;

            runAfter(Duration.ofSeconds(2), bench);

            assertThat(bench.export().run().attempts().failures()).isEqualTo(2);
            assertThat(bench.export().run().checkpoint()).isEqualTo(had);
            assertNothingIsClaimedToBeThere(bench.export());
            bench.storage.left = () -> had.length() * 5 / 4;

            runAfter(Duration.ofSeconds(12), bench);

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
        }
    }

    @Test
    void failsWithTheReasonWhenTheDiskStaysFull() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();
            bench.storage.left = () -> 0;

            for (int hours = 0; hours < 6; hours++) {
                assertThat(bench.export().state()).isEqualTo(State.QUEUED);
                runAfter(Duration.ofHours(hours), bench);
            }

            assertThat(bench.export().state()).isEqualTo(State.FAILED);
            assertThat(Objects.requireNonNull(bench.export().outcome().failure())
                            .code())
                    .isEqualTo(FailureCode.STORAGE_FULL);
        }
    }

    @Test
    void givesWayWhenItsOwnFileLeavesNoRoomForTheStatus() throws Exception {
        try (Bench bench = new Bench(folder).withRows(ROWS)) {
            bench.queue();

            try (ExportRunner runner = bench.runner(withoutRoomForACheckpoint(bench), bench.source, bench.clock)) {
                runner.runNext();
            }

            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            assertThat(Objects.requireNonNull(bench.export().outcome().failure())
                            .code())
                    .isEqualTo(FailureCode.STORAGE_FULL);
            assertThat(bench.workFiles()).isEmpty();
            assertThat(bench.storage.relieved).hasValue(1);
        }
    }

    private static void assertNothingIsClaimedToBeThere(Export export) {
        assertThat(export.progress().rowsWritten()).isZero();
        assertThat(export.progress().bytesWritten()).isZero();
    }

    /** The status table as it is when the disk is full, until the ballast is given up. */
    private static Runs withoutRoomForACheckpoint(Bench bench) {
        return (Runs) Proxy.newProxyInstance(
                Runs.class.getClassLoader(), new Class<?>[] {Runs.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("checkpoint") && bench.storage.relieved.get() == 0) {
                        bench.storage.full = true;
                        throw new ExportsUnavailableException("full", new IllegalStateException());
                    }
                    try {
                        return method.invoke(bench.runs, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /**
     * Runs the export until it finds no room, after its first checkpoint: how soon others follow is a matter of the
     * machine.
     */
    private static void fillUp(Bench bench) {
        bench.storage.left = () -> bench.export().run().checkpoint() == null ? 1_000_000 : -1;
        runAfter(Duration.ZERO, bench);
    }

    private static void runAfter(Duration wait, Bench bench) {
        Clock later = Clock.fixed(Bench.NOW.plus(wait), ZoneOffset.UTC);
        try (ExportRunner runner = bench.runner(bench.runs, bench.source, later)) {
            assertThat(runner.runNext()).isTrue();
        }
    }
}
