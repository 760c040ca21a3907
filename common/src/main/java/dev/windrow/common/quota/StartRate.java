package dev.windrow.common.quota;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * So many starts a minute, by the generic cell rate algorithm: each start moves a mark ahead by its share of a minute,
 * and the mark may be a minute ahead of the clock. So a minute's starts may come at once, and from then on one comes
 * free with each share of the minute that passes. The mark is in epoch microseconds; immutable.
 *
 * @param perMinute from 0, which lets nothing start, to {@link #MOST}
 */
public record StartRate(int perMinute) {
    /** A share of a minute is at least a microsecond. */
    public static final int MOST = 1_000_000;

    /** The minute that it is counted in. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    /**
     * A mark that is further ahead than this was made by a clock that has been put back since. It holds nobody up.
     */
    static final long ASTRAY_MICROS = 2 * TimeUnit.MINUTES.toMicros(1);

    public StartRate {
        if (perMinute < 0 || perMinute > MOST) {
            throw new IllegalArgumentException("perMinute: " + perMinute);
        }
    }

    /** How far one start moves the mark. */
    public long stepMicros() {
        return TimeUnit.MINUTES.toMicros(1) / Math.max(1, perMinute);
    }

    /** How far the mark may be ahead. A few microseconds less than the minute where that can't be divided evenly. */
    public long mostAheadMicros() {
        return stepMicros() * perMinute;
    }

    /** From where a mark no longer holds, at that time. */
    public static long astray(Instant now) {
        return micros(now) + ASTRAY_MICROS;
    }

    /** The time in the unit of marks. */
    public static long micros(Instant time) {
        return TimeUnit.MILLISECONDS.toMicros(time.toEpochMilli());
    }

    /** Starts that may be made at once, 0 to {@link #perMinute}. */
    public int left(long mark, Instant now) {
        return (int) Math.max(0, (mostAheadMicros() - ahead(mark, now)) / stepMicros());
    }

    /**
     * Whole seconds, at least 1, until one more start comes free than there is now; 0 when all are. A minute where none
     * ever is.
     */
    public int secondsToNext(long mark, Instant now) {
        if (perMinute == 0) {
            return (int) WINDOW.toSeconds();
        }
        long ahead = ahead(mark, now);
        if (ahead == 0) {
            return 0;
        }
        long toNext = ahead - (mostAheadMicros() - (left(mark, now) + 1L) * stepMicros());
        return (int) Math.max(1, -Math.floorDiv(-toNext, TimeUnit.SECONDS.toMicros(1)));
    }

    private static long ahead(long mark, Instant now) {
        return mark > astray(now) ? 0 : Math.max(0, mark - micros(now));
    }
}
