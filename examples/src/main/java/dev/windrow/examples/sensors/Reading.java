package dev.windrow.examples.sensors;

import org.jspecify.annotations.Nullable;

/**
 * One reading of a sensor.
 *
 * @param timestampMs milliseconds since 1970 UTC, negative before
 * @param value not a number is stored as null
 * @param quality 192 good, 64 uncertain, 0 bad
 */
record Reading(
        long timestampMs, @Nullable Double value, @Nullable Long quality) {
    static final long GOOD = 192;
    static final long UNCERTAIN = 64;
    static final long BAD = 0;
}
