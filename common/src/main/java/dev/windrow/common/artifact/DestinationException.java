package dev.windrow.common.artifact;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why an archive could not be copied to a place. The message is for the archive's owner: it names no path, host or
 * credential; the cause is for the log.
 */
public final class DestinationException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    private DestinationException(String message, boolean isFinal, @Nullable Throwable cause) {
        super(message, cause);
        this.isFinal = isFinal;
    }

    /** For what may pass. */
    public static DestinationException again(String message, @Nullable Throwable cause) {
        return new DestinationException(message, false, cause);
    }

    /** For what stays as it is until somebody changes it. */
    public static DestinationException never(String message) {
        return new DestinationException(message, true, null);
    }

    /** Whether each further try would end in the same way. */
    public boolean isFinal() {
        return isFinal;
    }
}
