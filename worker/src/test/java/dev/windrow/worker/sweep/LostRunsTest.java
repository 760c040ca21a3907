package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LostRunsTest {
    @TempDir
    private Path folder;

    private final List<ExportId> rung = new ArrayList<>();
    private Yard yard;
    private Path workers;
    private Presence presence;

    @BeforeEach
    void open() throws IOException {
        yard = new Yard(folder);
        workers = Files.createDirectories(folder.resolve("workers"));
        presence = Presence.open(workers, "own");
    }

    @AfterEach
    void close() throws IOException {
        presence.close();
        yard.close();
    }

    private void sweep(Instant now) {
        new LostRuns(yard.upkeep, presence, rung::add, Yard.at(now), Duration.ofSeconds(15)).run();
    }

    @Test
    void takesUpAtOnceWhatAKilledWorkerOfThisHomeRan() throws Exception {
        Process killed = PresentWorker.start(workers, "killed");
        Process stopped = PresentWorker.start(workers, "stopped");
        try {
            Claim lost = yard.running("killed");
            Claim kept = yard.running("stopped");
            Claim remote = yard.running("remote");
            PresentWorker.signal(stopped, "STOP");
            sweep(Yard.NOW);
            assertThat(rung).isEmpty();

            killed.destroyForcibly().waitFor();
            sweep(Yard.NOW);

            assertThat(rung).containsExactly(lost.id());
            assertThat(yard.export(lost).state()).isEqualTo(State.QUEUED);
            assertThat(yard.export(lost).attempt()).isEqualTo(2);
            assertThat(yard.export(kept).state()).isEqualTo(State.RUNNING);
            assertThat(yard.export(remote).state()).isEqualTo(State.RUNNING);
            assertThat(workers.resolve("killed.alive")).doesNotExist();
            assertThat(workers.resolve("stopped.alive")).exists();
        } finally {
            stopped.destroyForcibly().waitFor();
        }
    }

    @Test
    void takesUpWhatAnyWorkerRanWhoseLeaseHasLapsed() {
        Claim lost = yard.running("remote");
        sweep(Yard.NOW.plusSeconds(10));
        assertThat(yard.export(lost).state()).isEqualTo(State.RUNNING);

        sweep(Yard.NOW.plusSeconds(10).plusMillis(1));

        assertThat(yard.export(lost).state()).isEqualTo(State.QUEUED);
        assertThat(rung).containsExactly(lost.id());
    }

    /** Nobody could keep a lease while the table was away, so nobody is taken for lost at once when it is back. */
    @Test
    void givesWorkersTimeToShowThemselvesAfterTheTableWasAway() throws SQLException {
        Claim claim = yard.running("remote");
        AtomicLong nanos = new AtomicLong();
        LostRuns sweep = new LostRuns(
                yard.upkeep,
                presence,
                rung::add,
                Yard.at(Yard.NOW.plusSeconds(60)),
                Duration.ofSeconds(15),
                nanos::get);
        sql("alter table exports rename to gone");
        assertThatThrownBy(sweep::run).isInstanceOf(RuntimeException.class);
        sql("alter table gone rename to exports");

        nanos.addAndGet(Duration.ofSeconds(14).toNanos());
        sweep.run();
        assertThat(yard.export(claim).state()).isEqualTo(State.RUNNING);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        sweep.run();
        assertThat(yard.export(claim).state()).isEqualTo(State.QUEUED);
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("windrow.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void failsAnExportThatIsLostFiveTimesInARow() {
        Claim claim = yard.running("remote");
        for (int loss = 1; loss < 5; loss++) {
            sweep(Yard.NOW.plusSeconds(11));
            assertThat(yard.export(claim).state()).as("loss %d", loss).isEqualTo(State.QUEUED);
            yard.claim("remote");
        }

        sweep(Yard.NOW.plusSeconds(11));

        Export failed = yard.export(claim);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(Objects.requireNonNull(failed.outcome().failure()).code()).isEqualTo(FailureCode.LOST_TOO_OFTEN);
        assertThat(rung).hasSize(4);
    }

    @Test
    void goesOnForEverWithAnExportThatGetsOnBetweenItsLosses() {
        Claim claim = yard.running("remote");
        for (int loss = 1; loss < 20; loss++) {
            yard.checkpoint(claim);
            sweep(Yard.NOW.plusSeconds(11));
            assertThat(yard.export(claim).state()).isEqualTo(State.QUEUED);
            claim = yard.claim("remote");
        }
    }

    @Test
    void leavesALiveWorkerItsExport() {
        Claim claim = yard.running("remote");
        yard.runs.progress(claim, Yard.progress(), Yard.NOW.plusSeconds(20));

        sweep(Yard.NOW.plusSeconds(19));

        assertThat(yard.export(claim).state()).isEqualTo(State.RUNNING);
    }
}
