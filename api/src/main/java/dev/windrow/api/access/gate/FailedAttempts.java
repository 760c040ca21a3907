package dev.windrow.api.access.gate;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts, for each address, credentials that did not hold. A secret that is made by chance is out of reach of guesses;
 * this keeps whoever guesses all the same from filling log and processor. Kept in memory, of so many addresses at most,
 * the ones longest silent being forgotten first. Safe for use by many threads.
 */
final class FailedAttempts {
    /** In any minute that begins with a failure. */
    static final int MOST = 20;

    private static final long MINUTE_MILLIS = 60_000;
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, Minute> minutes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Minute> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    FailedAttempts(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts one more.
     *
     * @return seconds to wait when there were too many, and 0 otherwise
     */
    int count(String address) {
        long now = clock.millis();
        String network = network(address);
        synchronized (minutes) {
            Minute minute = minutes.get(network);
            // A clock that is set back must not make anybody wait for longer than a minute.
            if (minute == null || now - minute.from >= MINUTE_MILLIS || now < minute.from) {
                minute = new Minute(now);
                minutes.put(network, minute);
            }
            minute.failures = Math.min(minute.failures + 1, MOST + 1);
            return minute.failures <= MOST ? 0 : (int) ((minute.from + MINUTE_MILLIS - now + 999) / 1000);
        }
    }

    /** Of an IPv6 address the half that its owner can't choose; anything else as it is. */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length == 8 ? String.join(":", List.of(groups).subList(0, 4)) : address;
    }

    private static final class Minute {
        private final long from;
        private int failures;

        private Minute(long from) {
            this.from = from;
        }
    }
}
