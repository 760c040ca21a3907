package dev.windrow.client;

import java.util.Locale;

/** The states of an export, by the names of the HTTP API. */
public enum State {
    /** Waits for a worker, from the start or to be tried again. */
    QUEUED,
    /** A worker makes the archive. */
    RUNNING,
    /** The archive is whole and can be downloaded. */
    COMPLETED,
    /** Ended with a reason. */
    FAILED,
    /** Ended because someone said so. */
    CANCELLED,
    /** Completed once; the archive is not kept any more. */
    EXPIRED;

    /** True while the export waits or runs. */
    public boolean isActive() {
        return this == QUEUED || this == RUNNING;
    }

    /** Its name in the API, in lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of that name in the API.
     *
     * @throws IllegalArgumentException for an unknown one
     */
    public static State of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
