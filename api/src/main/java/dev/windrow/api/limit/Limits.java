package dev.windrow.api.limit;

import dev.windrow.api.access.Allowance;
import org.jspecify.annotations.Nullable;

/**
 * What {@code windrow.limits} says. Immutable.
 *
 * @param each what a caller may whose credentials say nothing else; null in it for any number
 * @param queued exports of all callers that may wait; null for any number
 */
public record Limits(Allowance each, @Nullable Integer queued) {
    /** No limit holds, but for callers whose credentials have their own. */
    public static final Limits NONE = new Limits(Allowance.USUAL, null);

    /** What holds for a caller of that allowance; null in it for any number. */
    Allowance of(Allowance own) {
        return new Allowance(
                own.startsPerMinute() == null ? each.startsPerMinute() : own.startsPerMinute(),
                own.active() == null ? each.active() : own.active(),
                own.rowsPerDay() == null ? each.rowsPerDay() : own.rowsPerDay(),
                own.bytesPerDay() == null ? each.bytesPerDay() : own.bytesPerDay());
    }
}
