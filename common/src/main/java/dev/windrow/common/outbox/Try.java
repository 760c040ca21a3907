package dev.windrow.common.outbox;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One try of a message.
 *
 * @param at when it began
 * @param reason a sentence for the export's owner, without a secret, a path of this machine or anything that the target
 *     answered but its status; null where there is nothing to say
 * @param millis how long it took
 */
public record Try(Instant at, Result result, @Nullable String reason, long millis) {
    private static final int MOST_CHARACTERS = 300;

    public Try {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(result, "result");
        reason = reason == null || reason.length() <= MOST_CHARACTERS ? reason : reason.substring(0, MOST_CHARACTERS);
    }

    /** What came of it. The ids are stored and part of the HTTP API. */
    public enum Result {
        /** It arrived. */
        DONE,
        /** It did not, and is tried again later, unless that was the last try. */
        AGAIN,
        /** It did not, and another try is no use. */
        STOP;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException for an unknown id */
        public static Result of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }
}
