package dev.windrow.worker.files;

import java.io.IOException;

/** The store of archives did not answer, or take what it was given, for as long as a run waits for it. */
public final class StoreUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreUnavailableException(IOException last) {
        super("the store of archives is away, or takes nothing: " + last, last);
    }
}
