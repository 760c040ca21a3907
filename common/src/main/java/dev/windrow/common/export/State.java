package dev.windrow.common.export;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of an export, and which may follow which. The names are those of the HTTP API and of the status table. */
public enum State {
    /** Waits for a worker, from the start or to be tried again. */
    QUEUED,
    /** A worker holds the claim. */
    RUNNING,
    /** The archive is whole, published, and described by the row. */
    COMPLETED,
    /** Ended with a reason. */
    FAILED,
    /** Ended because its owner said so. */
    CANCELLED,
    /** Completed once; the file's time is over. */
    EXPIRED;

    /** The states that may follow this one. */
    public Set<State> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
            case RUNNING -> EnumSet.of(QUEUED, COMPLETED, FAILED, CANCELLED);
            case COMPLETED -> EnumSet.of(EXPIRED);
            case FAILED, CANCELLED, EXPIRED -> EnumSet.of(QUEUED);
        };
    }

    /** True while the export waits or runs. */
    public boolean isActive() {
        return this == QUEUED || this == RUNNING;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for an unknown id */
    public static State of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
