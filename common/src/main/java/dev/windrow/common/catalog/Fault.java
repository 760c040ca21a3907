package dev.windrow.common.catalog;

import java.util.Objects;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901) into the request body
 * @param detail what, in words for the caller; never holds SQL, a path or a secret
 */
public record Fault(String pointer, String detail) {
    public Fault {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(detail, "detail");
    }
}
