package dev.windrow.worker.run;

import java.io.IOException;

/** The run has stopped before it filled the disk: what it needs is more than may be used. */
final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    StorageFullException(String message) {
        super(message);
    }
}
