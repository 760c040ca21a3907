package dev.windrow.worker.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** Rows a second over the last seconds, from samples of an absolute count. Not thread-safe. */
final class RowRate {
    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final long SAMPLE_NANOS = 200_000_000L;

    private record Sample(long nanos, long rows) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Takes note of the count at a moment of {@link System#nanoTime}. */
    void sample(long nanos, long rows) {
        Sample newest = samples.peekLast();
        if (newest == null || nanos - newest.nanos >= SAMPLE_NANOS) {
            samples.addLast(new Sample(nanos, rows));
        }
        // One sample older than the window stays, so that the window is always covered whole.
        while (samples.size() > 2 && nanos - second().nanos >= WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /** Rows a second between the oldest sample kept and now; 0 before there is any. */
    long perSecond(long nanos, long rows) {
        Sample oldest = samples.peekFirst();
        if (oldest == null || nanos <= oldest.nanos) {
            return 0;
        }
        return Math.round((rows - oldest.rows) * 1e9 / (nanos - oldest.nanos));
    }

    private Sample second() {
        return samples.stream().skip(1).findFirst().orElseThrow();
    }
}
