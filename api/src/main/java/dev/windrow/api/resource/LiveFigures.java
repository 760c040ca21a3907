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
    private static final Duration STEADY_AFTER = Duration.ofSeconds(2);
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
        long rate = rowsPerSecond();
        if (phase() != Phase.ROWS || total == null || rate == 0 || !isSteady(progress)) {
            return null;
        }
        long left = Math.max(0, total - progress.rowsWritten());
        return left / rate + (left % rate == 0 ? 0 : 1);
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

    private boolean isSteady(Progress progress) {
        Instant began = export.times().claimed();
        Instant last = progress.lastRowAt();
        return began != null && last != null && !began.plus(STEADY_AFTER).isAfter(last);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
