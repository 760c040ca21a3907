package dev.windrow.common.export;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of an export, and which may follow which. The names are those of the HTTP API and of the status table. */
public enum State {
    /**
     * Waits for a worker, from the start or to be tried again. A worker moves it on by a claim, its owner by a cancel.
     * Kept until then.
     */
    QUEUED,
    /**
     * A worker holds the claim and moves it on. So does its owner by a cancel, and a sweep of any worker once the lease
     * has lapsed. Kept until then.
     */
    RUNNING,
    /**
     * The archive is whole, published, and described by the row. A sweep moves it on when its file's time is over (the
     * retention of artifacts, which the row has as a time), or when the file is found to be spoilt.
     */
    COMPLETED,
    /** Ended with a reason. Its owner moves it on by a retry; else it is kept for the retention of records. */
    FAILED,
    /** Ended because its owner said so. A retry moves it on; else it is kept for the retention of records. */
    CANCELLED,
    /**
     * Completed once; the file's time is over, and a sweep removes the file. A retry makes it anew; else it is kept for
     * the retention of records.
     */
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
