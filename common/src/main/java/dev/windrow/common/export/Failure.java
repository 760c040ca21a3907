package dev.windrow.common.export;

import java.util.Objects;

/**
 * Why an export failed.
 *
 * @param detail in words that help the export's owner; holds no SQL, path or credential
 */
public record Failure(FailureCode code, String detail) {
    /** Of an archive that is missing or not what its row says. */
    public static final Failure DAMAGED = new Failure(
            FailureCode.INTERNAL, "The stored file was damaged, so it was withdrawn; a retry makes it anew.");

    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
    }
}
