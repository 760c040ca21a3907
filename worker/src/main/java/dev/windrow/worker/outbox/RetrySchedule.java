package dev.windrow.worker.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a message is tried again: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h after the try before, as Standard Webhooks
 * 1.0 advises. Each a little later by chance, so that a target that comes back does not get all at once. Immutable.
 */
public final class RetrySchedule {
    private static final List<Duration> STANDARD = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    /** Of a pause, at most, on top of it. */
    private static final double JITTER = 0.1;

    private final List<Duration> pauses;
    private final RandomGenerator random;

    /** @param pauses one fewer than there are tries */
    RetrySchedule(List<Duration> pauses, RandomGenerator random) {
        this.pauses = List.copyOf(pauses);
        this.random = random;
    }

    /** The standard's. */
    public RetrySchedule(RandomGenerator random) {
        this(STANDARD, random);
    }

    /**
     * How long to wait after a try.
     *
     * @param tries how many there were, this one among them
     * @return empty after the last
     */
    Optional<Duration> after(int tries) {
        if (tries > pauses.size()) {
            return Optional.empty();
        }
        long millis = pauses.get(tries - 1).toMillis();
        return Optional.of(Duration.ofMillis(millis + (long) (millis * JITTER * random.nextDouble())));
    }
}
