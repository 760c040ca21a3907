package dev.windrow.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param rows of the smaller source
 * @param runs of each contender with the smaller source
 * @param bigRows of the greater source; 0 to leave it out
 * @param bigRuns of each contender with the greater source
 * @param parts which parts run: {@code peers}, {@code big}, {@code memory}, {@code queue}, {@code start}, {@code writer}
 * @param jar the product
 * @param other a second jar of the product to compare with in the same alternating runs; the same as {@code jar} for none
 * @param heap {@code -Xmx} of the product and of Spring Batch
 * @param report the page to write
 */
record Options(
        long rows,
        int runs,
        long bigRows,
        int bigRuns,
        List<String> parts,
        Path jar,
        Path other,
        String heap,
        Path report) {
    private static final String USAGE = """
            Usage: benchmarks/run [options]
              --rows N       rows of the smaller source (1000000)
              --runs N       runs of each contender with it (7)
              --big-rows N   rows of the greater source (10000000), 0: without
              --big-runs N   runs of each contender with it (3)
              --only A,B     some of the parts: peers,big,memory,queue,start,writer
              --jar FILE     the product (app/target/windrow.jar)
              --against FILE another build of it, compared in the same runs
              --heap SIZE    most heap of the product and of Spring Batch (256m)
              --report FILE  what is written (docs/performance.md; the plot goes beside it)""";

    /** @param root the project's folder */
    static Options parse(Path root, String[] arguments) {
        Options options = new Options(
                1_000_000,
                7,
                10_000_000,
                3,
                List.of("peers", "big", "memory", "queue", "start", "writer"),
                root.resolve("app/target/windrow.jar"),
                root.resolve("app/target/windrow.jar"),
                "256m",
                root.resolve("docs/performance.md"));
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            String name = left.pop();
            if (left.isEmpty()) {
                throw new IllegalArgumentException(USAGE);
            }
            options = options.with(name, left.pop());
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--rows" ->
                new Options(Long.parseLong(value), runs, bigRows, bigRuns, parts, jar, other, heap, report);
            case "--runs" ->
                new Options(rows, Integer.parseInt(value), bigRows, bigRuns, parts, jar, other, heap, report);
            case "--big-rows" ->
                new Options(rows, runs, Long.parseLong(value), bigRuns, parts, jar, other, heap, report);
            case "--big-runs" ->
                new Options(rows, runs, bigRows, Integer.parseInt(value), parts, jar, other, heap, report);
            case "--only" ->
                new Options(rows, runs, bigRows, bigRuns, List.of(value.split(",")), jar, other, heap, report);
            case "--jar" -> new Options(rows, runs, bigRows, bigRuns, parts, Path.of(value), other, heap, report);
            case "--against" -> new Options(rows, runs, bigRows, bigRuns, parts, jar, Path.of(value), heap, report);
            case "--heap" -> new Options(rows, runs, bigRows, bigRuns, parts, jar, other, value, report);
            case "--report" -> new Options(rows, runs, bigRows, bigRuns, parts, jar, other, heap, Path.of(value));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    boolean has(String part) {
        return parts.contains(part);
    }

    boolean compares() {
        return !jar.equals(other);
    }
}
