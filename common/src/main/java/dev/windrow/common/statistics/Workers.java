package dev.windrow.common.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Which processes take exports, as they say of themselves. Safe for use by many threads. Blocks for one query, and
 * throws an unchecked exception where it can't be asked.
 */
public interface Workers {
    /** All that are known of; those that ended without a word too, until another one takes them off the list. */
    List<Seen> seen();

    /**
     * A process.
     *
     * @param name under which it claims exports
     * @param concurrency exports at once
     * @param since when it began
     * @param heard when it last said that it lives, by its own clock
     */
    record Seen(String name, int concurrency, Instant since, Instant heard) {
        public Seen {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(heard, "heard");
        }
    }
}
