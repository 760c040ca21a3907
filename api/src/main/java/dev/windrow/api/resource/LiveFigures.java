package dev.windrow.api.resource;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a run beyond its row: figures that a reader's clock or a little arithmetic makes. They change only
 * where they must, since each change is another entity tag.
 */
record LiveFigures(Export export, Instant now) {
    private static final Duration RATE_HOLDS = Duration.ofSeconds(5);
    private static final Duration STALLED_AFTER = Duration.ofSeconds(30);
    private static final Duration STEADY_AFTER = Duration.ofSeconds(3);
    /** Whoever waited so long is told something, as good as it is. */
    private static final Duration TOLD_AFTER = Duration.ofSeconds(8);
    /** How much the rate of the last seconds may be above that of the whole run. */
    private static final double STEADY_WITHIN = 1.25;
    /** The part of the rows that have to be there: a figure is not made of less than that. */
    private static final double TOLD_FROM = 0.05;

    private static final double NANOS_OF_A_SECOND = 1e9;
    private static final double HUNDREDTHS = 100;
    private static final double NOT_QUITE = 99.99;

    Phase phase() {
        return switch (export.state()) {
            case QUEUED -> Phase.WAITING;
            case COMPLETED, EXPIRED -> Phase.DONE;
            case RUNNING, FAILED, CANCELLED -> export.progress().phase();
        };
    }

    @Nullable Long rowsTotal() {
        return isComplete()
                ? Long.valueOf(export.progress().rowsWritten())
                : export.progress().rowsTotal();
    }

    /** Two decimals, rounded down, so that what has begun is never shown as finished. */
    @Nullable Double percent() {
        if (isComplete()) {
            return HUNDREDTHS;
        }
        Double percent = export.progress().percent();
        if (percent == null || export.progress().rowsTotal() == null) {
            return null;
        }
        return Math.min(NOT_QUITE, Math.floor(Math.max(0, percent) * HUNDREDTHS) / HUNDREDTHS);
    }

    /** The worker's figure while it is news; a worker that died says nothing more. */
    long rowsPerSecond() {
        Instant last = export.progress().lastRowAt();
        boolean news = export.state() == State.RUNNING
                && last != null
                && !last.plus(RATE_HOLDS).isBefore(now);
        return news ? Math.max(0, export.progress().rowsPerSecond()) : 0;
    }

    /** Whole seconds until the last row, rounded up; null where nobody can say. */
    @Nullable Long remainingSeconds() {
        Progress progress = export.progress();
        Long total = progress.rowsTotal();
        long recent = rowsPerSecond();
        Instant began = export.times().claimed();
        Instant last = progress.lastRowAt();
        if (phase() != Phase.ROWS || total == null || recent == 0 || began == null || last == null) {
            return null;
        }
        double average = average(progress, began, last);
        if (!isSteady(Duration.between(began, last), recent, average, ofRun(progress, total))) {
            return null;
        }
        long left = Math.max(0, total - progress.rowsWritten());
        return (long) Math.ceil(left / expected(recent, average));
    }

    /**
     * Rows per second of what is left. A short hold-up is no reason to say that all goes on like that; a run that got
     * faster gets faster still, by as much at most as is taken for steady.
     */
    private static double expected(long recent, double average) {
        if (average <= 0 || recent < average) {
            return Math.max((double) recent, (recent + average) / 2);
        }
        return recent * Math.min(STEADY_WITHIN, recent / average);
    }

    /** The part of the rows that this run was to write and has written. */
    private static double ofRun(Progress progress, long total) {
        long kept = progress.resumedFromRow() == null ? 0 : progress.resumedFromRow();
        return total <= kept ? 1 : (double) (progress.rowsWritten() - kept) / (total - kept);
    }

    /** No row for a while of this run's, though rows are due. While an archive is sealed none are. */
    boolean stalled() {
        Phase phase = phase();
        if (export.state() != State.RUNNING || (phase != Phase.ROWS && phase != Phase.WAITING)) {
            return false;
        }
        Instant last = later(export.progress().lastRowAt(), export.times().claimed());
        return last != null && !last.plus(STALLED_AFTER).isAfter(now);
    }

    private boolean isComplete() {
        return export.state() == State.COMPLETED || export.state() == State.EXPIRED;
    }

    /** Rows per second of the whole run. */
    private static double average(Progress progress, Instant began, Instant last) {
        Long kept = progress.resumedFromRow();
        double seconds = Duration.between(began, last).toNanos() / NANOS_OF_A_SECOND;
        return seconds <= 0 ? 0 : (progress.rowsWritten() - (kept == null ? 0 : kept)) / seconds;
    }

    /**
     * A fresh process gets faster for some seconds: as long as the last ones were much faster than the whole run, a
     * figure made of them would be too high by more than a half. On a busy machine it may be evenly slow for as long,
     * before any of its code is compiled; then few of its rows are there.
     */
    private static boolean isSteady(Duration run, long recent, double average, double written) {
        if (run.compareTo(STEADY_AFTER) < 0) {
            return false;
        }
        return run.compareTo(TOLD_AFTER) >= 0 || (recent <= average * STEADY_WITHIN && written >= TOLD_FROM);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
