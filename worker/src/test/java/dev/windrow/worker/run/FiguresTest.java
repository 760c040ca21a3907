package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.options.FormatOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is counted of a run, and how it is shown. */
final class FiguresTest {
    private static final Export EXPORT = Export.queued(
            Bench.ID,
            Bench.OWNER,
            new ExportRequest("numbers", Format.CSV, Map.of(), List.of("n"), FormatOptions.DEFAULT, "numbers.zip"),
            Bench.NOW);

    private final AtomicLong nanos = new AtomicLong(7);
    private final Figures figures = new Figures(EXPORT, Clock.fixed(Bench.NOW, ZoneOffset.UTC), nanos::get);

    @Test
    void showsRowsPerSecondWhileThereAreRows() {
        figures.begin(null);
        pass(Duration.ofSeconds(1));
        figures.reached(500, 5);
        pass(Duration.ofSeconds(1));
        figures.reached(1_000, 10);

        assertThat(figures.take().rowsPerSecond()).isEqualTo(500);
        figures.enter(Phase.SEALING);
        assertThat(figures.take().rowsPerSecond()).isZero();
    }

    @Test
    void forgetsHowFastRowsCameLongAgo() {
        figures.begin(null);
        for (int second = 1; second <= 10; second++) {
            pass(Duration.ofSeconds(1));
            figures.reached(second * 100L, second);
        }
        for (int second = 1; second <= 10; second++) {
            pass(Duration.ofSeconds(1));
            figures.reached(1_000 + second * 3L, 10 + second);
        }

        assertThat(figures.take().rowsPerSecond()).isEqualTo(3);
    }

    /** As of a source that sorts before it gives its first row: what is left comes without that. */
    @Test
    void leavesTheWaitForTheFirstRowsOutOfTheirSpeed() {
        figures.begin(null);
        pass(Duration.ofSeconds(9));
        figures.reached(20, 1);
        for (int tenth = 1; tenth <= 10; tenth++) {
            pass(Duration.ofMillis(100));
            figures.reached(20 + tenth * 10L, 1 + tenth);
        }

        assertThat(figures.take().rowsPerSecond()).isEqualTo(100);
    }

    @Test
    void isNeverSlowerThanStandingStill() {
        figures.begin(null);
        pass(Duration.ofSeconds(1));
        figures.reached(1_000, 10);
        pass(Duration.ofSeconds(3));
        figures.reached(1_001, 11);
        pass(Duration.ofSeconds(1));
        // What is written to the end of a block alone, as when the run is handed back.
        figures.reached(900, 9);

        assertThat(figures.take().rowsPerSecond()).isZero();
    }

    @Test
    void countsNoRowsOfAnEarlierRunAsItsOwnSpeed() {
        figures.begin(1_000L);
        pass(Duration.ofSeconds(1));
        figures.reached(1_010, 10);

        Progress shown = figures.take();
        assertThat(shown.rowsPerSecond()).isEqualTo(10);
        assertThat(shown.resumedFromRow()).isEqualTo(1_000);
    }

    @Test
    void showsNeitherAWholeNorATotalBelowWhatIsWritten() {
        figures.begin(null);
        figures.reached(120, 10);
        assertThat(figures.take().percent()).isNull();

        figures.counted(100);

        Progress shown = figures.take();
        assertThat(shown.rowsTotal()).isEqualTo(120);
        assertThat(shown.percent()).isEqualTo(99.9);
        assertThat(figures.counted()).isEqualTo(100);
    }

    @Test
    void knowsWhenTheLastRowCameAndNotTheLastByte() {
        figures.begin(null);
        figures.reached(0, 10);
        assertThat(figures.take().lastRowAt()).isNull();

        figures.reached(1, 10);
        assertThat(figures.take().lastRowAt()).isEqualTo(Bench.NOW);
    }

    @Test
    void isNewsUntilItIsTaken() {
        figures.begin(null);
        figures.alive();
        assertThat(figures.hasNews()).isFalse();

        figures.reached(1, 1);
        assertThat(figures.hasNews()).isTrue();
        figures.take();
        assertThat(figures.hasNews()).isFalse();

        figures.enter(Phase.SEALING);
        assertThat(figures.hasNews()).isTrue();
        figures.take();

        figures.counted(1);
        assertThat(figures.hasNews()).isTrue();
    }

    @Test
    void isSilentFromTheLastSignOfLife() {
        Duration minute = Duration.ofMinutes(1);
        pass(minute);
        assertThat(figures.isSilentFor(minute)).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(figures.isSilentFor(minute)).isTrue();

        figures.alive();
        assertThat(figures.isSilentFor(minute)).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
