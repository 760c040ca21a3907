package dev.windrow.benchmarks;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param rows of the smaller source of sensor readings
 * @param runs of each contender with the smaller source
 * @param bigRows of the greater source of sensor readings
 * @param bigRuns of each contender with the greater source
 * @param wideRows of the sources of projects and posts
 * @param soakMinutes how long the soak goes on
 * @param parts which parts run, of {@link #PARTS}
 * @param launcher the product's
 * @param other the launcher of another checkout to compare with in the same alternating runs; the same for none
 * @param heap {@code -Xmx} of the product and of Spring Batch
 * @param report the page to write
 */
record Options(
        long rows,
        int runs,
        long bigRows,
        int bigRuns,
        long wideRows,
        int soakMinutes,
        List<String> parts,
        Path launcher,
        Path other,
        String heap,
        Path report) {
    /** All parts, in the order of the page. */
    static final List<String> PARTS = List.of(
            "peers",
            "journal",
            "big",
            "queries",
            "posts",
            "projects",
            "postgresql",
            "writer",
            "memory",
            "blocks",
            "limit",
            "queue",
            "progress",
            "remaining",
            "claims",
            "start",
            "stretches",
            "soak");
    /** Those that no other program is compared with. */
    private static final Set<String> ALONE =
            Set.of("memory", "blocks", "limit", "queue", "progress", "remaining", "claims", "stretches", "soak");

    private static final String USAGE = """
            Usage: benchmarks/run [options]
              --rows N       sensor readings of the smaller source (1000000); PostgreSQL gets three times as many
              --runs N       runs of each contender with it (7)
              --big-rows N   sensor readings of the greater source (10000000)
              --big-runs N   runs of each contender with it, and with PostgreSQL (3)
              --wide-rows N  projects and posts (200000)
              --only A,B     some of the parts, in place of what an earlier run said of them:
                             peers,journal,big,queries,posts,projects,postgresql,writer,memory,
                             blocks,limit,queue,progress,remaining,claims,start,stretches,soak
              --soak-minutes N  how long the soak goes on (10)
              --against FILE the launcher of another checkout, compared in the same runs
              --heap SIZE    most heap of the product and of Spring Batch (256m)
              --report FILE  what is written (docs/performance.md; the plot goes beside it)""";

    /** @param root the project's folder */
    static Options parse(Path root, String[] arguments) {
        Map<String, String> given = new HashMap<>();
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            String name = left.pop();
            if (left.isEmpty() || !USAGE.contains("  " + name + " ")) {
                throw new IllegalArgumentException(USAGE);
            }
            given.put(name, left.pop());
        }
        Path launcher = root.resolve("windrow");
        List<String> parts =
                given.containsKey("--only") ? List.of(given.get("--only").split(",")) : PARTS;
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException(USAGE);
        }
        return new Options(
                Long.parseLong(given.getOrDefault("--rows", "1000000")),
                Integer.parseInt(given.getOrDefault("--runs", "7")),
                Long.parseLong(given.getOrDefault("--big-rows", "10000000")),
                Integer.parseInt(given.getOrDefault("--big-runs", "3")),
                Long.parseLong(given.getOrDefault("--wide-rows", "200000")),
                Integer.parseInt(given.getOrDefault("--soak-minutes", "10")),
                parts,
                launcher,
                Path.of(given.getOrDefault("--against", launcher.toString())),
                given.getOrDefault("--heap", "256m"),
                Path.of(given.getOrDefault(
                        "--report", root.resolve("docs/performance.md").toString())));
    }

    /** Whether the programs are needed that Windrow is compared with. */
    boolean needsPeers() {
        return !ALONE.containsAll(parts);
    }

    boolean compares() {
        return !launcher.equals(other);
    }
}
