package dev.windrow.api.limit;

import org.jspecify.annotations.Nullable;

/**
 * A caller's limits and what is left of them now, as {@code GET /api/v1/me} shows them. Null where there is no limit.
 */
record Standing(
        @Nullable Share startsPerMinute,
        @Nullable Share active,
        @Nullable Share rowsPerDay,
        @Nullable Share bytesPerDay) {
    /**
     * One limit.
     *
     * @param left 0 to {@code limit}
     */
    public record Share(long limit, long left) {}
}
