package dev.windrow.common.export;

import java.util.Objects;

/**
 * A worker's hold on an export, and the fence: the number grows with every claim, whoever makes it, and every change that a run
 * makes names it.
 */
public record Claim(ExportId id, long number) {
    public Claim {
        Objects.requireNonNull(id, "id");
    }

    /** The name, without folder or extension, of everything that this claim writes. */
    public String fileName() {
        return id + "." + number;
    }
}
