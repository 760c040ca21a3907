package dev.windrow.common.schedule;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An export that a schedule has started. Immutable.
 *
 * @param schedule the schedule's id
 * @param due the time for which it was started
 * @param export its id
 * @param startDigest the SHA-256, in hex, of the start's body
 * @param until up to when it has the rows, where its parameters said so; null where they did not
 */
public record ScheduleRun(
        String schedule,
        Instant due,
        String export,
        String startDigest,
        @Nullable Instant until) {
    public ScheduleRun {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(due, "due");
        Objects.requireNonNull(export, "export");
        Objects.requireNonNull(startDigest, "startDigest");
    }
}
