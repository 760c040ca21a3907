package dev.windrow.worker.outbox;

import dev.windrow.common.outbox.Try;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of carrying a message once.
 *
 * @param reason as {@link Try} has it
 */
public record Outcome(Try.Result result, @Nullable String reason) {
    public Outcome {
        Objects.requireNonNull(result, "result");
    }

    /** It arrived. */
    public static Outcome done() {
        return new Outcome(Try.Result.DONE, null);
    }

    /** It arrived, and that is worth a word, such as the name under which it did. */
    public static Outcome done(String how) {
        return new Outcome(Try.Result.DONE, how);
    }

    /** It did not, for a reason that may pass. */
    public static Outcome again(String reason) {
        return new Outcome(Try.Result.AGAIN, reason);
    }

    /** It did not, and never will. */
    public static Outcome stop(String reason) {
        return new Outcome(Try.Result.STOP, reason);
    }
}
