package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.export.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class ShutdownTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void givesTheExportBackThoughAQueryGivesNoRow() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        try (Bench bench = new Bench(folder).withRows(2_000)) {
            bench.queue();
            try (ExportRunner runner = bench.runner(StuckSource.after(1_000, bench.source, blocked))) {
                Thread run = new Thread(runner::runNext, "run");
                run.start();
                blocked.await();

                runner.shutDown();
                run.join();
            }
            assertThat(bench.export().state()).isEqualTo(State.QUEUED);
            assertThat(bench.export().attempt()).isEqualTo(1);
            assertThat(bench.export().run().attempts().losses()).isZero();
            assertThat(bench.export().run().checkpoint()).isNotNull();
            assertThat(bench.export().times().notBefore()).isNull();
        }
    }

    /** A network that swallows everything, a file system that has gone: nobody else can tell it from a slow query. */
    @Test
    @Timeout(60)
    void endsAHungRunSoThatItsLeaseLapses() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        try (Bench bench = new Bench(folder).withRows(2_000)) {
            bench.hungAfter = Duration.ofSeconds(1);
            bench.queue();
            try (ExportRunner runner = bench.runner(StuckSource.after(1_000, bench.source, blocked))) {
                assertThat(runner.runNext()).isTrue();
            }
            // Whoever watches over leases finds it as a dead worker's.
            assertThat(bench.export().state()).isEqualTo(State.RUNNING);
            assertThat(bench.upkeep.lose(bench.upkeep.held().get(0))).isTrue();
            bench.hungAfter = Duration.ofMinutes(10);
            try (ExportRunner second = bench.runner()) {
                second.runNext();
            }
            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.workFiles()).isEmpty();
        }
    }

    /** SIGSTOP looks the same to a run: its lease is taken, and it learns of it when it wakes. */
    @Test
    @Timeout(60)
    void endsAStuckRunWhoseExportWasTakenOver() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        try (Bench bench = new Bench(folder).withRows(2_000);
                ExportRunner runner = bench.runner(StuckSource.after(1_000, bench.source, blocked))) {
            bench.queue();
            Thread run = new Thread(runner::runNext, "run");
            run.start();
            blocked.await();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> bench.upkeep.lose(bench.upkeep.held().get(0)));
            try (ExportRunner second = bench.runner()) {
                second.runNext();
            }
            run.join();

            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
            assertThat(bench.export().lastClaim().number()).isEqualTo(2);
            String winner = bench.export().lastClaim().fileName();
            assertThat(bench.artifacts.keys()).containsExactlyInAnyOrder(winner + ".zip", winner + ".blocks");
            assertThat(bench.workFiles()).isEmpty();
        }
    }
}
