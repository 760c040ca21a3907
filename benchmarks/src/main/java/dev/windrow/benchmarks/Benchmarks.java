package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Runs the parts that the command line asks for, and writes what is known by then to a page with a plot. */
public final class Benchmarks {
    private final Options options;
    private final Results results;
    private final Path data;

    private Benchmarks(Options options, Path root) throws IOException {
        this.options = options;
        this.results = Results.open(root.resolve("benchmarks/target/results.json"));
        this.data = root.resolve("benchmarks/target/data");
    }

    /** @param arguments as in {@link Options}; without any, everything, in some thirty minutes */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(System.getProperty("windrow.root", "."))
                .toAbsolutePath()
                .normalize();
        Options options;
        try {
            options = Options.parse(root, arguments);
            if (options.needsPeers()) {
                Peer.requirePrograms();
            }
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        new Benchmarks(options, root).run();
        System.out.println("\nWritten: " + options.report());
    }

    private void run() throws IOException {
        for (String part : options.parts()) {
            System.out.println(part);
            results.begin(part);
            run(part);
            new Report(results, LocalDate.now(ZoneOffset.UTC)).write(options.report());
        }
    }

    private void run(String part) throws IOException {
        Workload small = Workload.sensors(options.rows());
        switch (part) {
            case "peers" -> compare(part, new Readings(options.rows(), "wal").workload(), options.runs(), 0.8);
            case "journal" -> compare(part, new Readings(options.rows(), "delete").workload(), options.runs(), 0.8);
            case "big" -> {
                compare(part, new Readings(options.bigRows(), "wal").workload(), options.bigRuns(), 0.75);
                new Goals(results).judgeMany(part, "peers");
            }
            case "projects" -> compare(part, Workload.projects(options.wideRows()), options.runs(), 0.8);
            case "posts" -> compare(part, Workload.posts(options.wideRows()), options.runs(), 0.8);
            case "queries" -> new Queries(options, results).run(data);
            case "postgresql" -> new PostgresqlRows(options, results).run(data);
            case "blocks" -> new BlocksKept(options, results).run(data);
            case "limit" -> Limit.measure(results);
            case "memory" -> new Memory(options, results).run(data);
            case "queue" -> new Queue(options, results).run(small.prepare(data));
            case "progress" -> ProgressCost.measure(results);
            case "remaining" -> new Remaining(options, results).run(data);
            case "claims" -> ClaimCost.measure(results);
            case "start" -> {
                // Another Java's figures stay.
                String kept = part + "-" + Runtime.version().feature();
                results.begin(kept);
                new Starts(options, results, kept).run(small.prepare(data));
            }
            case "stretches" -> new Stretches(options, results).run(data);
            case "soak" -> new Soak(options, results).run(data);
            case "writer" -> new SourceWriter(options, results).run(data);
            default -> throw new IllegalArgumentException("part " + part);
        }
    }

    private void compare(String part, Workload workload, int runs, double mostWall) throws IOException {
        new Comparison(options, results).run(part, workload, workload.prepare(data), runs);
        new Goals(results).judge(part, mostWall);
    }
}
