package dev.windrow.common.quota;

import java.util.Map;

/**
 * Owners' shares of the workers: who has weight 3 has three exports running for each one of who has 1, as long as both
 * have some that wait. Processes of one database should agree on them, or positions in the queue are off. Immutable.
 *
 * @param byOwner from 1 to {@link #MOST}; owners that are not there have 1
 */
public record Weights(Map<String, Integer> byOwner) {
    /** The greatest weight. */
    public static final int MOST = 1000;

    /** Everybody has the same. */
    public static final Weights EVEN = new Weights(Map.of());

    public Weights {
        byOwner = Map.copyOf(byOwner);
        byOwner.forEach((owner, weight) -> {
            if (weight < 1 || weight > MOST) {
                throw new IllegalArgumentException(
                        "the weight of " + owner + " is " + weight + "; say a whole number from 1 to " + MOST);
            }
        });
    }
}
