package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a run writes to the status table, and what besides its figures. */
final class StatusLineTest {
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
        Artifact artifact = Artifact.zip(status.claim(), 10, "00".repeat(32), List.of());
        status.fix(CUTOFF);
        status.intend(artifact, List.of());

        assertThat(bench.export().run().cutoff()).isEqualTo(CUTOFF);
        assertThat(bench.export().run().intent()).isEqualTo(artifact);

        status.complete(artifact, Duration.ofDays(1));
        assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
        assertThat(status.beat()).isTrue();
    }

    @Test
    void keepsHowFarAFailedExportCameAndWhatItEndsAt() {
        pass(Duration.ofSeconds(1));
        assertThat(status.beat()).isTrue();
        status.fix(CUTOFF);
        figures.reached(100, 1_000);
        status.leave();

        assertThat(bench.export().run().cutoff()).isEqualTo(CUTOFF);
        assertThat(bench.export().progress().rowsWritten()).isEqualTo(100);
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
