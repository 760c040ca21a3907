package dev.windrow.common.export;

import java.util.Locale;

/** What a run is at, in the order in which a run goes through them. */
public enum Phase {
    WAITING,
    ROWS,
    ATTACHMENTS,
    SEALING,
    DONE;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for an unknown id */
    public static Phase of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
