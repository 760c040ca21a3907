package dev.windrow.common.preset;

import java.time.Instant;
import java.util.Objects;

/**
 * A start that a caller keeps under a name, to begin from it again. Nothing is started by it. Immutable.
 *
 * @param owner the name of the caller whose it is
 * @param name unique among its owner's
 * @param dataset of which an export would be
 * @param start the body of a start, as JSON
 * @param created to the millisecond, as {@code changed} is
 * @param changed when its owner saved it last
 */
public record Preset(String owner, String name, String dataset, String start, Instant created, Instant changed) {
    public Preset {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(changed, "changed");
    }
}
