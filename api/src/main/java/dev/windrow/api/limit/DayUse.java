package dev.windrow.api.limit;

import dev.windrow.common.quota.Quotas;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/** What an owner's exports gave in the last day, counted by whole hours: 24 of them, and the one that has begun. */
final class DayUse {
    static final Duration DAY = Duration.ofDays(1);

    private final List<Quotas.Use> hours;
    private final Instant now;

    private DayUse(List<Quotas.Use> hours, Instant now) {
        this.hours = hours;
        this.now = now;
    }

    static DayUse of(Quotas quotas, String owner, Instant now) {
        return new DayUse(quotas.useSince(owner, now.minus(DAY)), now);
    }

    long sum(ToLongFunction<Quotas.Use> figure) {
        return hours.stream().mapToLong(figure).sum();
    }

    /** Seconds until enough hours are so long ago that the figure is below the limit; a day's where it never is. */
    int secondsUntilBelow(long limit, ToLongFunction<Quotas.Use> figure) {
        long left = sum(figure);
        for (Quotas.Use hour : hours) {
            left -= figure.applyAsLong(hour);
            if (left < limit) {
                Instant forgotten = hour.hour().plus(DAY).plus(Duration.ofHours(1));
                return (int) Math.max(1, (Duration.between(now, forgotten).toMillis() + 999) / 1000);
            }
        }
        return (int) DAY.toSeconds();
    }
}
