package dev.windrow.common.artifact.s3;

import java.io.IOException;

/** A bucket that archives can't be kept in; the message says why, and what to do about it. */
final class S3RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    S3RefusedException(String message) {
        super(message);
    }

    S3RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
