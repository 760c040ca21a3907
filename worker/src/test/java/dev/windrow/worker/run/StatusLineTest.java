package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.State;
import dev.windrow.worker.files.Inheritance.Inherited;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a run writes to the status table, and what besides its figures. */
final class StatusLineTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(1, 6, "zlib:0/6", 123, List.of());
    private static final Cutoff CUTOFF = new Cutoff(Bench.NOW, List.of("[1]"));

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private Bench bench;
    private Figures figures;
    private StatusLine status;

    @BeforeEach
    void claim() throws Exception {
        bench = new Bench(folder);
        bench.queue();
        Export claimed =
                bench.runs.claimNext("test", Bench.NOW, Duration.ofSeconds(10)).orElseThrow();
        figures = new Figures(claimed, bench.clock, nanos::get);
        status = new StatusLine(
                bench.runs,
                claimed.lastClaim(),
                figures,
                bench.settings(),
                bench.clock,
                nanos::get,
                new Insistence(new StopSignal(), Duration.ZERO, nanos::get, () -> true));
        figures.begin(null);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @Timeout(8)
    void neverHoldsARunUpWhileTheTableIsLocked() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("windrow.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            status.fix(CUTOFF);
            figures.reached(100, 1_000);
            figures.enter(Phase.SEALING);
            statement.execute("rollback");
        }

        assertThat(status.beat()).isTrue();
        assertThat(bench.export().run().cutoff()).isEqualTo(CUTOFF);
        assertThat(bench.export().progress().rowsWritten()).isEqualTo(100);
        assertThat(bench.export().progress().phase()).isEqualTo(Phase.SEALING);
    }

    @Test
    void writesWhatItEndsAtWithTheIntentOfAShortExport() throws Exception {
        Artifact artifact = artifact();
        status.fix(CUTOFF);
        status.intend(artifact, List.of());

        assertThat(bench.export().run().cutoff()).isEqualTo(CUTOFF);
        assertThat(bench.export().run().intent()).isEqualTo(artifact);

        status.complete(artifact, Duration.ofDays(1));
        assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
        assertThat(bench.export().progress().rowsWritten()).isEqualTo(7);
        assertThat(bench.export().progress().bytesWritten()).isEqualTo(10);
        assertThat(status.beat()).isTrue();
    }

    @Test
    void beginsWithWhatIsThere() throws Exception {
        status.begin(bench.export(), new Inherited(CHECKPOINT, null));
        pass(Duration.ofSeconds(1));

        assertThat(status.beat()).isTrue();
        assertThat(bench.export().run().checkpoint()).isEqualTo(CHECKPOINT);
        assertThat(bench.export().progress().bytesWritten()).isEqualTo(123);
    }

    /** Each of them is told that the claim is another's, whichever comes first. */
    @Test
    void stopsAtWhateverItWritesOnceTheClaimIsLost() {
        Export before = bench.export();
        assertThat(bench.exports.cancel(Bench.ID, Bench.OWNER, Bench.NOW)).isTrue();

        assertLost(() -> status.begin(before, new Inherited(CHECKPOINT, null)));
        assertLost(() -> status.checkpoint(CHECKPOINT));
        assertLost(() -> status.intend(artifact(), List.of()));
        assertLost(() -> status.complete(artifact(), Duration.ofDays(1)));
        status.fix(CUTOFF);
        assertLost(() -> status.checkpoint(CHECKPOINT));
        pass(Duration.ofSeconds(1));
        assertThat(status.beat()).isFalse();
        assertThat(bench.export().state()).isEqualTo(State.CANCELLED);
        assertThat(bench.export().run().cutoff()).isNull();
    }

    private static void assertLost(ThrowingCallable write) {
        assertThatExceptionOfType(StoppedException.class)
                .isThrownBy(write)
                .extracting(StoppedException::reason)
                .isEqualTo(StopSignal.Reason.LOST);
    }

    private Artifact artifact() {
        return Artifact.zip(status.claim(), 10, "00".repeat(32), List.of(new Artifact.Entry("n.csv", 7, 70)));
    }

    @Test
    void keepsHowFarAFailedExportCameAndWhatItEndsAt() throws Exception {
        pass(Duration.ofSeconds(1));
        assertThat(status.beat()).isTrue();
        status.fix(CUTOFF);
        figures.reached(100, 1_000);
        status.leave();

        assertThat(bench.export().run().cutoff()).isEqualTo(CUTOFF);
        assertThat(bench.export().progress().rowsWritten()).isEqualTo(100);
        assertThat(CompletableFuture.supplyAsync(status::beat).get(60, TimeUnit.SECONDS))
                .as("the heartbeat, which has a thread of its own")
                .isTrue();
    }

    @Test
    void learnsFromTheBeatThatTheClaimIsLost() {
        assertThat(bench.exports.cancel(Bench.ID, Bench.OWNER, Bench.NOW)).isTrue();
        figures.reached(1, 1);

        assertThat(status.beat()).isFalse();
    }

    @Test
    void writesNewsFourTimesPerSecondAtMost() {
        figures.reached(1, 1);
        assertThat(status.beat()).isTrue();
        figures.reached(2, 2);
        pass(Duration.ofMillis(249));
        assertThat(status.beat()).isTrue();
        assertThat(bench.export().progress().rowsWritten()).isEqualTo(1);

        pass(Duration.ofMillis(1));
        assertThat(status.beat()).isTrue();
        assertThat(bench.export().progress().rowsWritten()).isEqualTo(2);
    }

    @Test
    void keepsTheLeaseOncePerSecondWithoutNews() {
        figures.reached(1, 1);
        assertThat(status.beat()).isTrue();
        assertThat(bench.exports.cancel(Bench.ID, Bench.OWNER, Bench.NOW)).isTrue();
        pass(Duration.ofMillis(999));
        assertThat(status.beat()).isTrue();

        pass(Duration.ofMillis(1));
        assertThat(status.beat()).isFalse();
    }

    @Test
    void givesUpARunThatShowsNoSignOfLife() {
        pass(bench.hungAfter);
        assertThat(status.beat()).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(status.beat()).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
