package dev.windrow.common.clock.jdbc;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * What a server said of the time, and when. The answer was given at some moment between the question and its return, so
 * the one with the shortest way is the nearest to the truth. Safe for use by many threads.
 */
final class ClockSamples {
    /** Over more of them the two clocks would drift apart. */
    private static final int KEPT = 8;

    /** In microseconds: two clocks go so far apart, at the worst, while {@link #KEPT} samples are taken. */
    private static final long DRIFT = 20_000;

    /** @param offset the server's microseconds less ours, if it answered half-way */
    private record Sample(long offset, long roundTrip) {}

    private final Deque<Sample> recent = new ArrayDeque<>();
    private volatile long offset;

    /**
     * @param before the question and {@code after} the answer, in nanoseconds of any clock that nobody sets
     * @param micros what the server said
     */
    synchronized void add(long before, long after, long micros) {
        long roundTrip = (after - before) / 1_000;
        Sample sample = new Sample(micros - (before / 1_000 + roundTrip / 2), roundTrip);
        // The server's clock was set, another server has taken its place, or this machine has slept.
        recent.removeIf(
                older -> Math.abs(older.offset - sample.offset) > (older.roundTrip + sample.roundTrip) / 2 + DRIFT);
        recent.addLast(sample);
        if (recent.size() > KEPT) {
            recent.removeFirst();
        }
        offset =
                recent.stream().min(Comparator.comparingLong(Sample::roundTrip)).orElse(sample).offset;
    }

    /** The server's time at a moment of that clock. */
    long microsAt(long nanos) {
        return nanos / 1_000 + offset;
    }
}
