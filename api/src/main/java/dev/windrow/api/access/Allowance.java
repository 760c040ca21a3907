package dev.windrow.api.access;

import org.jspecify.annotations.Nullable;

/**
 * How much a caller may do, where it is not what {@code windrow.limits} says for everybody. Null leaves that as it is.
 *
 * @param startsPerMinute exports begun in any minute
 * @param active exports that wait or run at once
 * @param rowsPerDay of all the caller's exports, in any 24 hours
 * @param bytesPerDay of all the caller's archives, in any 24 hours
 */
public record Allowance(
        @Nullable Integer startsPerMinute,
        @Nullable Integer active,
        @Nullable Long rowsPerDay,
        @Nullable Long bytesPerDay) {
    /** As for everybody. */
    public static final Allowance USUAL = new Allowance(null, null, null, null);
}
