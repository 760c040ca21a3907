package dev.windrow.api.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.export.State;
import dev.windrow.common.options.FormatOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveFiguresTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"0.0,0.0", "41.999,41.99", "42.0,42.0", "99.999,99.99", "100.0,99.99", "-1,0.0"})
    void roundsPercentDownAndNeverSaysAHundredTooEarly(double stored, double shown) {
        assertThat(figures(State.RUNNING, running(5, 10L, stored, 1), 0).percent())
                .isEqualTo(shown);
        assertThat(figures(State.FAILED, running(5, 10L, stored, 1), 0).percent())
                .isEqualTo(shown);
    }

    @Test
    void saysAHundredOnceCompleted() {
        LiveFigures done = figures(State.COMPLETED, running(7, null, null, 3), 0);
        assertThat(done.percent()).isEqualTo(100.0);
        assertThat(done.rowsTotal()).isEqualTo(7);
        assertThat(done.phase()).isEqualTo(Phase.DONE);
        assertThat(done.rowsPerSecond()).isZero();
    }

    @Test
    void knowsNoPercentWithoutATotal() {
        assertThat(figures(State.RUNNING, running(5, null, 50.0, 1), 0).percent())
                .isNull();
    }

    @Test
    void waitsWhileQueuedWhateverTheLastRunWasAt() {
        assertThat(figures(State.QUEUED, running(5, 10L, 50.0, 1), 0).phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void forgetsTheRateFiveSecondsAfterTheLastRow() {
        Progress progress = running(5, 10L, 50.0, 250);
        assertThat(figures(State.RUNNING, progress, 5).rowsPerSecond()).isEqualTo(250);
        assertThat(figures(State.RUNNING, progress, 6).rowsPerSecond()).isZero();
        assertThat(figures(State.QUEUED, progress, 0).rowsPerSecond()).isZero();
    }

    @Test
    void guessesTheRemainingTimeOnlyWhenItIsSteady() {
        assertThat(remaining(750, 250, 3)).isEqualTo(4);
        assertThat(remaining(500, 250, 2)).isNull();
        assertThat(figures(State.RUNNING, at(750, 250, T0.plusSeconds(3), null), 9)
                        .remainingSeconds())
                .isNull();
        Progress sealing = new Progress(Phase.SEALING, 1750, 1750L, 99.9, 1, new Pace(250, T0.plusSeconds(3)), null);
        assertThat(figures(State.RUNNING, sealing, 3).remainingSeconds()).isNull();
    }

    /** As of a process whose code is not compiled yet: each second brings more rows than the one before. */
    @Test
    void saysNothingWhileARunGetsFasterButNotForEver() {
        assertThat(remaining(750, 400, 3)).isNull();
        assertThat(remaining(1000, 400, 7)).isNull();
        assertThat(remaining(1000, 250, 8)).isEqualTo(3);
    }

    /** As on a busy machine, where a fresh process is evenly slow for some seconds before its code is compiled. */
    @Test
    void saysNothingOfAFewRowsButNotForEver() {
        assertThat(remaining(80, 20, 4)).isNull();
        assertThat(remaining(100, 25, 4)).isEqualTo(66);
        assertThat(remaining(80, 10, 8)).isEqualTo(167);
        // Of a run that goes on what it did itself counts.
        Progress resumed = at(1010, 3, T0.plusSeconds(4), 1000L);
        assertThat(figures(State.RUNNING, resumed, 4).remainingSeconds()).isNull();
    }

    @Test
    void expectsARunThatGotFasterToDoSoStill() {
        assertThat(remaining(500, 150, 4)).isEqualTo(7);
        // By no more than is taken for steady.
        assertThat(remaining(500, 250, 8)).isEqualTo(4);
    }

    @Test
    void takesAShortHoldUpForWhatItIs() {
        assertThat(remaining(1000, 50, 4)).isEqualTo(5);
    }

    private static Long remaining(long rows, long rate, long seconds) {
        return figures(State.RUNNING, at(rows, rate, T0.plusSeconds(seconds), null), seconds)
                .remainingSeconds();
    }

    private static Progress at(long rows, long rate, Instant last, Long resumedFrom) {
        return new Progress(Phase.ROWS, rows, 1750L, 50.0, 1, new Pace(rate, last), resumedFrom);
    }

    @Test
    void isStalledAfterThirtySecondsWithoutARow() {
        Progress none = new Progress(Phase.ROWS, 0, null, null, 0, new Pace(0, null), null);
        Progress late = new Progress(Phase.ROWS, 5, null, null, 0, new Pace(0, T0.plusSeconds(10)), null);
        Progress sealing = new Progress(Phase.SEALING, 5, null, null, 0, new Pace(0, T0), null);
        assertThat(figures(State.RUNNING, none, 29).stalled()).isFalse();
        assertThat(figures(State.RUNNING, none, 30).stalled()).isTrue();
        assertThat(figures(State.RUNNING, late, 39).stalled()).isFalse();
        assertThat(figures(State.RUNNING, late, 40).stalled()).isTrue();
        assertThat(figures(State.RUNNING, sealing, 99).stalled()).isFalse();
        assertThat(figures(State.QUEUED, late, 99).stalled()).isFalse();
    }

    /**
     * The row of an export that was started long ago and is taken over from a lost worker: no row of this run has come
     * yet.
     */
    @Test
    void measuresARunFromItsOwnBeginning() {
        Progress none = new Progress(Phase.ROWS, 500, 1001L, 50.0, 1, new Pace(250, null), null);
        Instant taken = T0.plusSeconds(600);
        assertThat(figures(State.RUNNING, none, taken, 629).stalled()).isFalse();
        assertThat(figures(State.RUNNING, none, taken, 630).stalled()).isTrue();
        Progress early = at(1000, 250, taken.plusSeconds(2), 500L);
        Progress late = at(1250, 250, taken.plusSeconds(3), 500L);
        assertThat(figures(State.RUNNING, early, taken, 602).remainingSeconds()).isNull();
        assertThat(figures(State.RUNNING, late, taken, 603).remainingSeconds()).isEqualTo(2);
    }

    private static Progress running(long rows, Long total, Double percent, long rate) {
        return new Progress(Phase.ROWS, rows, total, percent, 100, new Pace(rate, T0), null);
    }

    private static LiveFigures figures(State state, Progress progress, long seconds) {
        return figures(state, progress, T0, seconds);
    }

    private static LiveFigures figures(State state, Progress progress, Instant claimedAt, long seconds) {
        ExportRequest request =
                new ExportRequest("d", Format.CSV, Map.of(), List.of("a"), FormatOptions.DEFAULT, "d.zip");
        Export queued = Export.queued(new ExportId(new UUID(1, 2)), "local", request, T0);
        Export.Run run =
                new Export.Run(new Export.Attempts(1, 1, 0, 0), progress, null, null, null, null, Export.Trace.NONE);
        Export.Times times = new Export.Times(T0, T0, claimedAt, null, null, null, null);
        Export export = new Export(queued.id(), queued.holder(), request, state, run, times, queued.outcome());
        return new LiveFigures(export, T0.plusSeconds(seconds));
    }
}
