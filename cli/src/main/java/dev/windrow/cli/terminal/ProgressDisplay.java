package dev.windrow.cli.terminal;

import dev.windrow.client.ExportStatus;
import dev.windrow.client.ProgressListener;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Progress for people: a bar that is drawn again in place on a terminal, elsewhere a line a second at most, and one for
 * each change of what is going on. Thread-safe, since Ctrl-C speaks from a thread of its own.
 */
public final class ProgressDisplay implements ProgressListener {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    private static final String ERASE_TO_END = "\u001b[K";

    private final PrintWriter out;
    private final Terminal terminal;
    private final Clock clock;
    private final boolean noting;
    private final boolean moving;
    private @Nullable Instant last;
    private String lastStep = "";
    private String lastLoss = "";
    private @Nullable Instant downloadSince;
    private long downloadFrom;
    private boolean barStands;
    private boolean closed;

    /** @param out where to; it is flushed by this */
    public ProgressDisplay(PrintWriter out, Terminal terminal, Clock clock) {
        this(out, terminal, clock, true, true);
    }

    private ProgressDisplay(PrintWriter out, Terminal terminal, Clock clock, boolean noting, boolean moving) {
        this.noting = noting;
        this.moving = moving;
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Says its last word alone. */
    public static ProgressDisplay quiet(PrintWriter out, Clock clock) {
        return new ProgressDisplay(out, Terminal.none(), clock, false, false);
    }

    /** Says what there is to say, and shows no progress. */
    public static ProgressDisplay notes(PrintWriter out, Clock clock) {
        return new ProgressDisplay(out, Terminal.none(), clock, true, false);
    }

    @Override
    public void status(ExportStatus status) {
        String step = status.state().id() + " " + status.progress().phase();
        show(
                step,
                status.progress().percent(),
                ProgressWords.of(status),
                !status.state().isActive());
    }

    @Override
    public synchronized void download(long bytes, long total) {
        if (downloadSince == null) {
            downloadSince = clock.instant();
            downloadFrom = bytes;
        }
        long millis = Duration.between(downloadSince, clock.instant()).toMillis();
        long rate = millis < 500 ? 0 : (bytes - downloadFrom) * 1000 / millis;
        show("download", part(bytes, total), ProgressWords.ofDownload(bytes, total, rate), bytes == total);
    }

    /** Some step of our own, counted in what the words say. */
    public void step(String name, long done, long total) {
        List<String> words = List.of(name, ProgressWords.grouped(done) + " of " + ProgressWords.grouped(total));
        show(name, part(done, total), words, done == total);
    }

    @Override
    public synchronized void note(String text) {
        if (!closed && noting) {
            endBar();
            out.println(text);
            out.flush();
        }
    }

    /** Says what the archive has not as it was asked for. */
    public void warn(ExportStatus completed) {
        completed.warnings().forEach(warning -> note("warning: " + warning.detail()));
    }

    /** Said once for a server that is gone, however often it is asked. */
    @Override
    public synchronized void lost(String why, Duration delay) {
        if (!why.equals(lastLoss)) {
            lastLoss = why;
            note(why + "; trying again");
        }
    }

    /** Says a last word, if there is one; nothing is shown after it. */
    public synchronized void close(@Nullable String lastWord) {
        endBar();
        if (!closed && lastWord != null) {
            out.println(lastWord);
        }
        out.flush();
        closed = true;
    }

    private synchronized void show(String step, @Nullable Double percent, List<String> words, boolean end) {
        lastLoss = "";
        Instant now = clock.instant();
        boolean changed = !step.equals(lastStep);
        Duration pause = terminal.interactive() ? BETWEEN_DRAWINGS : BETWEEN_LINES;
        if (closed || !moving || (!changed && !end && last != null && now.isBefore(last.plus(pause)))) {
            return;
        }
        last = now;
        lastStep = step;
        if (terminal.interactive()) {
            out.print("\r" + ProgressBar.line(percent, words, terminal.width()) + ERASE_TO_END);
            barStands = true;
        } else {
            out.println(plainLine(percent, words));
        }
        out.flush();
    }

    private static String plainLine(@Nullable Double percent, List<String> words) {
        List<String> all = new ArrayList<>(words);
        if (percent != null) {
            all.add(0, ProgressBar.percent(percent).strip());
        }
        return String.join(", ", all);
    }

    private static Double part(long done, long total) {
        return total == 0 ? 100.0 : done * 100.0 / total;
    }

    private void endBar() {
        if (barStands) {
            out.println();
            barStands = false;
        }
    }
}
