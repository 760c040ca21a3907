package dev.windrow.benchmarks;

/** Times that only their differences matter of. */
final class Clock {
    private Clock() {}

    static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
