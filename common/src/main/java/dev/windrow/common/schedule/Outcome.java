package dev.windrow.common.schedule;

import java.util.Arrays;
import java.util.Locale;

/** What came of a time at which a schedule was due. */
public enum Outcome {
    /** An export was started. */
    STARTED,
    /** The export before was still waiting or running, so none was started. */
    ACTIVE,
    /** A start was refused, and is tried at the next time. */
    REFUSED;

    /** The word in the table and the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word of none */
    public static Outcome of(String id) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("outcome: " + id));
    }
}
