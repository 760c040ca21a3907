package dev.windrow.api.access;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;

/** How many things of one kind may be under way at once, for each caller and in all. Safe for use by many threads. */
public final class Places {
    private static final int RETRY_SECONDS = 5;

    private final String policy;
    private final String what;
    private final int mostOfOne;
    private final int most;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param policy the name of this limit in {@code RateLimit} fields
     * @param what the things, in words that go on after a number
     * @param mostOfOne of one caller
     * @param most of all callers together
     */
    public Places(String policy, String what, int mostOfOne, int most) {
        this.policy = policy;
        this.what = what;
        this.mostOfOne = mostOfOne;
        this.most = most;
    }

    /**
     * Takes a place, which whoever took it gives back once; or ends the request, by 429 to a caller who has all that
     * one may, and else by 503.
     */
    public synchronized void take(String caller) {
        int own = taken.getOrDefault(caller, 0);
        if (own >= mostOfOne) {
            throw new ProblemException(
                            ProblemType.RATE_LIMITED,
                            "A caller may have " + mostOfOne + " " + what + " at once; end one, or wait for its end.")
                    .withNothingLeft(policy, "q=" + mostOfOne, RETRY_SECONDS);
        }
        if (all >= most) {
            throw new ProblemException(
                            ProblemType.UNAVAILABLE,
                            "The service has as many " + what + " as it takes; try again later.")
                    .withRetryAfter(RETRY_SECONDS);
        }
        taken.put(caller, own + 1);
        all++;
    }

    /** Gives a place back that was taken. */
    public synchronized void giveBack(String caller) {
        taken.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
        all--;
    }

    /** Whether nobody gets one more. */
    public synchronized boolean isFull() {
        return all >= most;
    }

    /** How many are taken now. */
    public synchronized int taken() {
        return all;
    }
}
