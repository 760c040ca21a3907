package dev.windrow.api.access.gate;

import java.time.Clock;
import java.util.LinkedHashMap;
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

    /** The half of an IPv6 address that its owner can't choose; of IPv4 all of it. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":", -1);
        int empty = address.indexOf("::");
        long before = empty < 0
                ? groups.length
                : address.substring(0, empty).chars().filter(c -> c == ':').count() + (empty == 0 ? 0 : 1);
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            network.append(i < before ? groups[i] : "0").append(':');
        }
        return network.toString();
    }

    private static final class Minute {
        private final long from;
        private int failures;

        private Minute(long from) {
            this.from = from;
        }
    }
}
