package dev.windrow.worker.run;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is: its phase, its rows and bytes, how fast they come, and when it last showed a sign of life.
 * Thread-safe: the run's thread notes, the count beside it adds the total, and the heartbeat takes. All state is behind
 * one monitor, within which nothing waits.
 */
final class Figures {
    /** All rows may be written and the export still fail: only a completed one shows 100. */
    private static final double ALMOST = 99.9;

    private final Clock clock;
    private final LongSupplier nanos;
    private RowRate rate = new RowRate();
    private Phase phase = Phase.ROWS;
    private long rows;
    private long bytes;
    private @Nullable Long total;
    private @Nullable Instant lastRowAt;
    private @Nullable Long resumedFromRow;
    private long aliveAt;
    private boolean news;

    /**
     * @param export as it was claimed: its figures are shown until the run has some of its own
     * @param nanos a time as {@link System#nanoTime} has it
     */
    Figures(Export export, Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.total = export.progress().rowsTotal();
        this.resumedFromRow = export.progress().resumedFromRow();
        this.rows = export.progress().rowsWritten();
        this.bytes = export.progress().bytesWritten();
        this.aliveAt = nanos.getAsLong();
        rate.sample(aliveAt, rows);
    }

    /** @param kept rows that need not be read again; null when the run begins anew */
    synchronized void begin(@Nullable Long kept) {
        rows = kept == null ? 0 : kept;
        bytes = kept == null ? 0 : bytes;
        resumedFromRow = kept;
        aliveAt = nanos.getAsLong();
        rate = new RowRate();
        rate.sample(aliveAt, rows);
    }

    synchronized void enter(Phase next) {
        phase = next;
        aliveAt = nanos.getAsLong();
        news = true;
    }

    /** Rows of all files and bytes of the archive so far. */
    synchronized void reached(long rowsWritten, long bytesWritten) {
        aliveAt = nanos.getAsLong();
        if (rowsWritten > rows) {
            lastRowAt = clock.instant();
        }
        rows = rowsWritten;
        bytes = bytesWritten;
        news = true;
        rate.sample(aliveAt, rows);
    }

    /** The run gets on with something that shows in no figure. */
    synchronized void alive() {
        aliveAt = nanos.getAsLong();
    }

    synchronized void counted(long rowsTotal) {
        total = rowsTotal;
        news = true;
    }

    /** The rows that were counted; null where they were not, or not yet. */
    synchronized @Nullable Long counted() {
        return total;
    }

    /** Whether the run has shown no sign of life for longer than that. */
    synchronized boolean isSilentFor(Duration time) {
        return nanos.getAsLong() - aliveAt > time.toNanos();
    }

    /** Whether a figure has changed since they were last taken. */
    synchronized boolean hasNews() {
        return news;
    }

    /** The figures as they are shown, which are no news from then on. */
    synchronized Progress take() {
        news = false;
        Long all = total;
        // Rows may have come since the count, up to the bound: a total below what is written would be a lie.
        Long shown = all == null ? null : Long.valueOf(Math.max(all, rows));
        Double percent = shown == null ? null : Double.valueOf(shown == 0 ? 0 : Math.min(ALMOST, 100.0 * rows / shown));
        long perSecond = phase == Phase.ROWS ? rate.perSecond(nanos.getAsLong(), rows) : 0;
        return new Progress(phase, rows, shown, percent, bytes, new Pace(perSecond, lastRowAt), resumedFromRow);
    }

    /**
     * Rows per second over the last seconds, from samples of an absolute count. A longer window would hold on to the
     * first seconds of a fresh process, which are several times slower than what comes, and so would the wait for the
     * first rows. Not thread-safe.
     */
    private static final class RowRate {
        private static final long WINDOW_NANOS = 2_000_000_000L;
        private static final long SAMPLE_NANOS = 200_000_000L;
        /** A source that takes longer for its first rows sorts or joins before it gives them, and does so once. */
        private static final long BEGINS_WITHIN_NANOS = 1_000_000_000L;

        private record Sample(long nanos, long rows) {}

        private final Deque<Sample> samples = new ArrayDeque<>();

        /** Takes note of the count at a moment of {@link System#nanoTime}. */
        void sample(long nanos, long rows) {
            Sample newest = samples.peekLast();
            if (newest != null
                    && samples.size() == 1
                    && rows > newest.rows
                    && nanos - newest.nanos > BEGINS_WITHIN_NANOS) {
                samples.clear();
                samples.addLast(new Sample(nanos - SAMPLE_NANOS, newest.rows));
            }
            if (newest == null || nanos - newest.nanos >= SAMPLE_NANOS) {
                samples.addLast(new Sample(nanos, rows));
            }
            // One sample older than the window stays, so that the window is always covered whole.
            while (samples.size() > 2 && nanos - second().nanos >= WINDOW_NANOS) {
                samples.removeFirst();
            }
        }

        /**
         * Rows per second between the oldest sample kept and now; 0 before there is any, and where a run that is handed
         * back goes down to the rows of its last block.
         */
        long perSecond(long nanos, long rows) {
            Sample oldest = samples.peekFirst();
            if (oldest == null || nanos <= oldest.nanos || rows <= oldest.rows) {
                return 0;
            }
            return Math.round((rows - oldest.rows) * 1e9 / (nanos - oldest.nanos));
        }

        private Sample second() {
            return samples.stream().skip(1).findFirst().orElseThrow();
        }
    }
}
