package dev.windrow.worker.archive;

import java.io.IOException;

/**
 * The temporary file does not hold what its writer knows to have written; only a new file, from an older place, can
 * help.
 */
public final class CorruptArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptArchiveException(String message) {
        super(message);
    }

    /** @param entry the name of the entry that is not as it was written */
    CorruptArchiveException(String entry, String why) {
        super("entry " + entry + " is damaged: " + why);
    }

    CorruptArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
