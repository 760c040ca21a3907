package dev.windrow.api.resource;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.State;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a queued export waits for. The contract's {@code active-limit} is not among them: who has as many exports as are
 * allowed at once is refused the next one at its start, so none waits for that.
 */
enum Waiting {
    /** A worker that is free; it is the next. */
    WORKER,
    /** Others that come first. */
    TURN,
    /** A failure that may have passed by then. */
    BACK_OFF,
    /** As {@link #BACK_OFF}, after a disk was full. */
    SPACE,
    /** As {@link #BACK_OFF}, after the source was out of reach. */
    SOURCE;

    /**
     * The view of it; null for an export that is not queued.
     *
     * @param position its place in the queue; null where it is not known
     */
    static ExportView.@Nullable WaitingView view(Export export, @Nullable Integer position, Instant now) {
        if (export.state() != State.QUEUED) {
            return null;
        }
        Instant notBefore = export.times().notBefore();
        if (notBefore != null && notBefore.isAfter(now)) {
            return new ExportView.WaitingView(
                    heldBackBy(export.outcome().failure()).id(), notBefore);
        }
        Waiting waiting = position != null && position > 1 ? TURN : WORKER;
        return new ExportView.WaitingView(waiting.id(), null);
    }

    private static Waiting heldBackBy(@Nullable Failure failure) {
        if (failure == null) {
            return BACK_OFF;
        }
        return switch (failure.code()) {
            case STORAGE_FULL -> SPACE;
            case SOURCE_UNAVAILABLE -> SOURCE;
            default -> BACK_OFF;
        };
    }

    /** The word in answers. */
    private String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
