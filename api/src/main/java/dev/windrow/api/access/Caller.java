package dev.windrow.api.access;

import java.util.Objects;

/**
 * Who is calling. The name owns what the caller starts, and is the {@code :principal} of the catalog's queries.
 *
 * @param name not blank
 */
public record Caller(String name) {
    /** The only caller where no security is set. */
    public static final Caller LOCAL = new Caller("local");

    public Caller {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: blank");
        }
    }
}
