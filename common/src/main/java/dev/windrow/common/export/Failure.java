package dev.windrow.common.export;

import java.util.Objects;

/**
 * Why an export failed.
 *
 * @param detail in words that help the export's owner; holds no SQL, path or credential
 */
public record Failure(FailureCode code, String detail) {
    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
    }
}
