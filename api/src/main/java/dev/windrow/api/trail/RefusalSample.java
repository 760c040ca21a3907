package dev.windrow.api.trail;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which refusals have a row of their own: so many a minute of one address, and of all together, that nobody can fill
 * the disk with them. The others are counted. Safe for use by many threads.
 */
final class RefusalSample {
    static final int OF_ONE = 60;
    static final int OF_ALL = 600;

    private final Map<String, Integer> taken = new HashMap<>();
    private Instant minute = Instant.EPOCH;
    private int all;
    private long leftOut;

    /** Whether this one has a row. After {@link #turn}. */
    synchronized boolean take(@Nullable String address) {
        String of = String.valueOf(address);
        int own = taken.getOrDefault(of, 0);
        if (all >= OF_ALL || own >= OF_ONE) {
            leftOut++;
            return false;
        }
        taken.put(of, own + 1);
        all++;
        return true;
    }

    /** One that has none. */
    synchronized void leaveOut() {
        leftOut++;
    }

    /** Begins the next minute if it is time. Gives how many were left out in the one before. */
    synchronized long turn(Instant now) {
        Instant current = now.truncatedTo(ChronoUnit.MINUTES);
        if (current.equals(minute)) {
            return 0;
        }
        long ended = leftOut;
        minute = current;
        taken.clear();
        all = 0;
        leftOut = 0;
        return ended;
    }
}
