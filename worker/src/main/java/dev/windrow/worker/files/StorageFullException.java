package dev.windrow.worker.files;

import java.io.IOException;

/** The run has stopped before it filled the disk: what it needs is more than may be used. */
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    StorageFullException(String message) {
        super(message);
    }
}
