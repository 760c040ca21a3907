package dev.windrow.client;

import java.time.Duration;

/**
 * How long a client bears with a server that does not answer.
 *
 * @param firstContact with one that has not answered yet: a wrong address should be said soon
 * @param afterLoss with one that has: it may be starting again
 * @param firstDelay before the first new try; each later one is twice as long
 * @param longestDelay of those
 * @param silence after which a download that brings nothing is begun again
 */
public record Patience(
        Duration firstContact, Duration afterLoss, Duration firstDelay, Duration longestDelay, Duration silence) {
    /** 3 seconds at first, 2 minutes later, tries 0.25 to 5 seconds apart, 30 seconds of silence. */
    public static final Patience DEFAULT = new Patience(
            Duration.ofSeconds(3),
            Duration.ofMinutes(2),
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));

    /** One try of each step, for a caller that tries again by itself. */
    public static final Patience NONE = new Patience(
            Duration.ZERO, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));
}
