package dev.windrow.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.client.ExportStatus;
import dev.windrow.client.ExportStatus.Pace;
import dev.windrow.client.ExportStatus.Progress;
import dev.windrow.client.ExportStatus.Times;
import dev.windrow.client.Problem;
import dev.windrow.client.State;
import dev.windrow.testkit.SettableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter text = new StringWriter();
    private final SettableClock clock = new SettableClock(Instant.EPOCH);

    @Test
    void elsewhereThereIsALineASecondAndOneForEachChange() {
        ProgressDisplay display = lines();
        display.status(waiting());
        display.status(rows(100, false));
        display.status(rows(200, false));
        clock.pass(Duration.ofMillis(999));
        display.status(rows(300, false));
        clock.pass(Duration.ofMillis(1));
        display.status(rows(400, false));
        assertThat(text.toString().lines())
                .containsExactly(
                        "waiting, place 3 in the queue",
                        "10.0 %, 100 of 1,000 rows, 1 min 5 s left, 2,500 rows/s",
                        "40.0 %, 400 of 1,000 rows, 1 min 5 s left, 2,500 rows/s");
    }

    @Test
    void onATerminalTheLineIsDrawnAgainInPlace() {
        ProgressDisplay display = new ProgressDisplay(new PrintWriter(text), new Terminal(true, 60), clock);
        display.status(rows(100, false));
        clock.pass(Duration.ofMillis(100));
        display.status(rows(200, true));
        display.note("The server is gone");
        assertThat(text.toString().split("\r", -1))
                .containsExactly(
                        "",
                        " 10.0 %  [=>           ]  100 of 1,000 rows  1 min 5 s left\u001b[K",
                        " 20.0 %  [====>               ]  200 of 1,000 rows  stalled\u001b[K" + System.lineSeparator()
                                + "The server is gone" + System.lineSeparator());
    }

    @Test
    void aServerThatIsGoneIsSaidOnceUntilItIsBack() {
        ProgressDisplay display = lines();
        display.lost("No answer", Duration.ofSeconds(1));
        display.lost("No answer", Duration.ofSeconds(2));
        display.status(waiting());
        display.lost("No answer", Duration.ofSeconds(1));
        assertThat(text.toString().lines())
                .containsExactly("No answer; trying again", "waiting, place 3 in the queue", "No answer; trying again");
    }

    @Test
    void saysWhyAnExportWaitsToBeTriedAgain() {
        Problem gone = new Problem("Source unavailable", "The source does not answer.", List.of());
        lines().status(new ExportStatus("x", State.QUEUED, waiting().progress(), Times.UNKNOWN, List.of(), null, gone));
        assertThat(text).asString().contains("to be tried again: The source does not answer.");
    }

    @Test
    void aDownloadHasItsSizeAndRate() {
        ProgressDisplay display = lines();
        display.download(1_000_000, 5_000_000);
        clock.pass(Duration.ofSeconds(2));
        display.download(5_000_000, 5_000_000);
        assertThat(text.toString().lines())
                .containsExactly(
                        "20.0 %, downloading, 1.0 MB of 5.0 MB", "100.0 %, downloading, 5.0 MB of 5.0 MB, 2.0 MB/s");
    }

    @Test
    void aSmallDownloadIsTellableToo() {
        ProgressDisplay display = lines();
        display.download(999, 12_345);
        display.download(12_345, 12_345);
        assertThat(text.toString()).contains("999 B of 12.3 kB").contains("12.3 kB of 12.3 kB");
    }

    @Test
    void quietMeansItsLastWordAlone() {
        ProgressDisplay display = ProgressDisplay.quiet(new PrintWriter(text), clock);
        display.download(1, 2);
        display.note("Something.");
        display.lost("Nobody answers", Duration.ofSeconds(1));
        display.close("It goes on.");
        assertThat(text).hasToString("It goes on." + System.lineSeparator());
    }

    @Test
    void notesAreSaidWithoutProgress() {
        ProgressDisplay display = ProgressDisplay.notes(new PrintWriter(text), clock);
        display.download(1, 2);
        display.note("Something.");
        display.close("It goes on.");
        assertThat(text.toString().lines()).containsExactly("Something.", "It goes on.");
    }

    @Test
    void nothingIsShownAfterTheLastWord() {
        ProgressDisplay display = lines();
        display.close("It goes on.");
        display.status(waiting());
        display.note("late");
        display.close("later");
        assertThat(text.toString().lines()).containsExactly("It goes on.");
    }

    private ProgressDisplay lines() {
        return new ProgressDisplay(new PrintWriter(text), Terminal.none(), clock);
    }

    private static ExportStatus waiting() {
        return new ExportStatus(
                "x",
                State.QUEUED,
                new Progress("waiting", 3L, 0, null, null, new Pace(null, null, false), null),
                Times.UNKNOWN,
                List.of(),
                null,
                null);
    }

    private static ExportStatus rows(long rows, boolean stalled) {
        Progress progress = new Progress("rows", null, rows, 1000L, rows / 10.0, new Pace(2500L, 65L, stalled), null);
        return new ExportStatus("x", State.RUNNING, progress, Times.UNKNOWN, List.of(), null, null);
    }
}
