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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells the status table, and when. */
final class StatusLineTest {
    private static final Cutoff CUTOFF = new Cutoff(Bench.NOW, List.of("[1]"));

    @TempDir
    Path folder;

    private Bench bench;
    private StatusLine status;

    @BeforeEach
    void claim() throws Exception {
        bench = new Bench(folder);
        bench.queue();
        Export claimed =
                bench.runs.claimNext("test", Bench.NOW, Duration.ofSeconds(10)).orElseThrow();
        status = new StatusLine(bench.runs, claimed, bench.clock, bench.settings());
        status.begin(null);
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
            status.reached(100, 1_000);
            status.enter(Phase.SEALING);
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
        assertThat(status.beat()).isTrue();
        status.fix(CUTOFF);
        status.reached(100, 1_000);
        status.leave();

        assertThat(bench.export().run().cutoff()).isEqualTo(CUTOFF);
        assertThat(bench.export().progress().rowsWritten()).isEqualTo(100);
    }

    @Test
    void learnsFromTheBeatThatTheClaimIsLost() {
        assertThat(bench.exports.cancel(Bench.ID, Bench.OWNER, Bench.NOW)).isTrue();
        status.reached(1, 1);

        assertThat(status.beat()).isFalse();
    }
}
