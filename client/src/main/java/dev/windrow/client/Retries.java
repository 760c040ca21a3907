package dev.windrow.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The tries of one step: delays that double, until the patience is over. Not thread-safe. */
final class Retries {
    private final Patience patience;
    private final Clock clock;
    private final ProgressListener listener;
    private final Sleeper sleeper;
    private Duration delay;
    private @Nullable Instant firstFailure;

    Retries(Patience patience, Clock clock, ProgressListener listener, Sleeper sleeper) {
        this.patience = patience;
        this.clock = clock;
        this.listener = listener;
        this.sleeper = sleeper;
        delay = patience.firstDelay();
    }

    /** It went on: what failed before does not count any more. */
    void succeeded() {
        firstFailure = null;
        delay = patience.firstDelay();
    }

    /**
     * Waits for the next try.
     *
     * @param why in words, without a full stop
     * @param asked the delay that the server asked for, or null
     * @param atMost how long may be tried in all
     * @throws ClientException if the patience is over
     */
    void pause(String why, @Nullable Duration asked, Duration atMost) throws ClientException, InterruptedException {
        Instant now = clock.instant();
        if (firstFailure == null) {
            firstFailure = now;
        }
        Duration wait = asked == null ? delay : asked;
        if (now.plus(wait).isAfter(firstFailure.plus(atMost))) {
            throw ClientException.notReachable(why);
        }
        listener.lost(why, wait);
        sleeper.sleep(wait);
        Duration twice = delay.multipliedBy(2);
        delay = twice.compareTo(patience.longestDelay()) > 0 ? patience.longestDelay() : twice;
    }
}
