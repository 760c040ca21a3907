package dev.windrow.api.status;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;

/** How many streams of events may be open, for each caller and in all. Safe for use by many threads. */
final class EventPlaces {
    private static final int RETRY_SECONDS = 5;

    private final int mostOfOne;
    private final int most;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param mostOfOne of one caller
     * @param most of all callers together
     */
    EventPlaces(int mostOfOne, int most) {
        this.mostOfOne = mostOfOne;
        this.most = most;
    }

    /** Takes a place, or ends the request. */
    synchronized void take(String caller) {
        int own = taken.getOrDefault(caller, 0);
        if (own >= mostOfOne) {
            throw new ProblemException(
                            ProblemType.RATE_LIMITED,
                            "At most " + mostOfOne
                                    + " streams of events may be open for one caller; close another first.")
                    .withRetryAfter(RETRY_SECONDS)
                    .withHeader("RateLimit-Policy", "\"events\";q=" + mostOfOne)
                    .withHeader("RateLimit", "\"events\";r=0;t=" + RETRY_SECONDS);
        }
        if (all >= most) {
            throw new ProblemException(
                            ProblemType.UNAVAILABLE, "Too many streams of events are open; ask for the status instead.")
                    .withRetryAfter(RETRY_SECONDS);
        }
        taken.put(caller, own + 1);
        all++;
    }

    /** Gives a place back that was taken. */
    synchronized void giveBack(String caller) {
        taken.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
        all--;
    }

    /** How many are taken now. */
    synchronized int taken() {
        return all;
    }
}
