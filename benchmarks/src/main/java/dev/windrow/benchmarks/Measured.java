package dev.windrow.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One run of one contender.
 *
 * @param wall seconds
 * @param cpu seconds of user and system time of all its processes
 * @param bytes of what it wrote
 */
record Measured(double wall, double cpu, long bytes) {
    static double median(List<Measured> runs, ToDoubleFunction<Measured> figure) {
        return quantile(runs.stream().mapToDouble(figure).sorted().toArray(), 0.5);
    }

    static double median(List<Double> values) {
        return quantile(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 0.5);
    }

    /** @param sorted ascending, not empty */
    static double quantile(double[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
