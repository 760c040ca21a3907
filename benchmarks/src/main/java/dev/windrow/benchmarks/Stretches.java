package dev.windrow.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.windrow.benchmarks.stretches.Cuts;
import dev.windrow.benchmarks.stretches.Facts;
import dev.windrow.benchmarks.stretches.Input;
import dev.windrow.benchmarks.stretches.Stretch;
import dev.windrow.benchmarks.stretches.StretchProcess;
import dev.windrow.benchmarks.stretches.StretchedFile;
import dev.windrow.benchmarks.stretches.StretchedFile.Archive;
import dev.windrow.benchmarks.stretches.StretchedFile.Made;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.testkit.Folders;
import dev.windrow.worker.archive.DeflatePool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Whether one file can be made in stretches by several workers (decision 120): that each way of making them gives the
 * bytes of a single run, for keys of all kinds, and what it costs and saves.
 */
final class Stretches {
    private static final String PART = "stretches";
    private static final int STRETCHES = 4;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Options options;
    private final Results results;

    Stretches(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    /** CPU seconds of the database's own processes. */
    @FunctionalInterface
    private interface DatabaseClock {
        double seconds() throws IOException;
    }

    void run(Path data) throws IOException {
        Path work = Files.createTempDirectory("windrow-stretches");
        Files.createDirectories(data.resolve(PART));
        String sqlite = "jdbc:sqlite:" + data.resolve(PART).resolve("facts.db");
        try (PostgresqlServer server =
                PostgresqlServer.start(Path.of(System.getProperty("java.io.tmpdir"), "windrow-postgresql"))) {
            database("SQLite", sqlite, () -> 0, work);
            database("PostgreSQL", server.jdbcUrl(), server::cpuSeconds, work);
        } catch (SourceException | ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Folders.delete(work);
    }

    private void database(String name, String url, DatabaseClock clock, Path work)
            throws IOException, SourceException, InterruptedException, ExecutionException {
        Facts.fill(url, options.rows());
        refuse(name, url);
        List<Input> files = Facts.files(url);
        for (Input file : files) {
            prove(name, file, work);
        }
        for (Input file : files) {
            measureCuts(name, file);
        }
        new Cost(name, files.get(0), clock, work).measure();
    }

    private void refuse(String name, String url) throws IOException {
        for (Input file : Facts.refused(url)) {
            String why = file.refusal().orElseThrow(() -> new IOException(name + ", " + file.name() + ": not refused"));
            System.out.println("  " + name + ", " + file.name() + ": not in stretches, " + why);
        }
    }

    /** Made in stretches, the last first, one of them twice and one after its process was killed. */
    private void prove(String name, Input input, Path work) throws IOException, SourceException, InterruptedException {
        if (input.refusal().isPresent()) {
            throw new IOException(
                    name + ", " + input.name() + ": " + input.refusal().get());
        }
        Path folder = Files.createTempDirectory(work, "proof");
        try (DeflatePool pool = new DeflatePool(CORES);
                SourceConnections connections = new SourceConnections()) {
            StretchedFile file = new StretchedFile(input, pool);
            String bound = file.bound(connections);
            Archive whole = file.whole(connections, bound, folder.resolve("whole.zip"));
            List<Stretch> stretches = new Cuts(connections, input, bound).stretches(whole.rows(), STRETCHES);
            Map<Integer, Made> made = new LinkedHashMap<>();
            for (int i = stretches.size() - 1; i >= 0; i--) {
                made.put(i, alone(input, pool, stretches.get(i), folder.resolve(i + ".part")));
            }
            made.put(0, alone(input, pool, stretches.get(0), folder.resolve("again.part")));
            long left = StretchProcess.begunAndKilled(input, stretches.get(1), folder.resolve("dead.part"));
            made.put(1, alone(input, pool, stretches.get(1), folder.resolve("successor.part")));
            List<Made> inOrder = new ArrayList<>();
            for (int i = 0; i < stretches.size(); i++) {
                inOrder.add(made.get(i));
            }
            Archive joined = file.join(inOrder, folder.resolve("joined.zip"));
            if (!joined.isSame(whole) || stretches.size() < 2) {
                throw new IOException(name + ", " + input.name() + ": " + stretches.size() + " stretches, "
                        + joined.sealed() + " instead of " + whole.sealed());
            }
            System.out.printf(
                    Locale.ROOT,
                    "  %s, %s, %s: the same in %d stretches of %s rows (a dead one left %,d bytes), SHA-256 %.16s%n",
                    name,
                    input.name(),
                    input.format().id(),
                    stretches.size(),
                    inOrder.stream().map(Made::rows).toList(),
                    left,
                    joined.sealed().sha256());
        }
        Folders.delete(folder);
    }

    /** As another worker would: on connections of its own. */
    private static Made alone(Input input, DeflatePool pool, Stretch stretch, Path file)
            throws IOException, SourceException {
        try (SourceConnections connections = new SourceConnections()) {
            return new StretchedFile(input, pool).stretch(connections, stretch, file);
        }
    }

    private void measureCuts(String name, Input input) throws IOException, SourceException {
        List<Double> quantiles = new ArrayList<>();
        List<Double> borders = new ArrayList<>();
        try (DeflatePool pool = new DeflatePool(1)) {
            for (int i = 0; i < options.bigRuns(); i++) {
                try (SourceConnections connections = new SourceConnections()) {
                    String bound = new StretchedFile(input, pool).bound(connections);
                    Cuts cuts = new Cuts(connections, input, bound);
                    var unused = cuts.stretches(options.rows(), STRETCHES);
                    quantiles.add(cuts.quantileSeconds());
                    borders.add(cuts.borderSeconds());
                }
            }
        }
        String what = String.format(
                Locale.ROOT, "%s, %,d rows, key %s: three cuts, walk and borders", name, options.rows(), input.name());
        String format = String.format(Locale.ROOT, "%%.2f s + %.2f s", Measured.median(borders));
        results.add(PART, what, "", format, Measured.median(quantiles));
    }

    /** What one file costs in one run, and in stretches. */
    private final class Cost {
        private final String name;
        private final Input input;
        private final DatabaseClock clock;
        private final Path work;
        private final Map<String, List<double[]>> costs = new LinkedHashMap<>();

        Cost(String name, Input input, DatabaseClock clock, Path work) {
            this.name = name;
            this.input = input;
            this.clock = clock;
            this.work = work;
        }

        void measure() throws IOException, SourceException, InterruptedException, ExecutionException {
            for (int i = 0; i <= options.bigRuns(); i++) {
                round();
                if (i == 0) {
                    // The first is for the JIT.
                    costs.clear();
                }
            }
            for (Map.Entry<String, List<double[]>> cost : costs.entrySet()) {
                List<double[]> runs = cost.getValue();
                String sides = String.format(
                        Locale.ROOT, "%%.2f s (CPU: Java %.2f s, server %.2f s)", median(runs, 1), median(runs, 2));
                String what = String.format(Locale.ROOT, "%s, %,d rows: %s", name, options.rows(), cost.getKey());
                results.add(PART, what, "", sides, median(runs, 0));
            }
        }

        private void round() throws IOException, SourceException, InterruptedException, ExecutionException {
            Path folder = Files.createTempDirectory(work, "cost");
            try (DeflatePool pool = new DeflatePool(CORES);
                    SourceConnections connections = new SourceConnections()) {
                StretchedFile file = new StretchedFile(input, pool);
                String bound = file.bound(connections);
                Archive whole = timed("one run", () -> file.whole(connections, bound, folder.resolve("whole.zip")));
                ofOneThread(
                        "one run: … reading and encoding the rows, CPU of its thread",
                        whole.cost().rows());
                long rows = timed("the count alone", () -> file.count(connections, bound));
                for (int count : List.of(1, 2, STRETCHES)) {
                    Path parts = Files.createDirectory(folder.resolve("parts" + count));
                    List<Stretch> stretches = timed(
                            "cuts for " + count, () -> new Cuts(connections, input, bound).stretches(rows, count));
                    List<Made> made = timed(count + " at the same time", () -> together(pool, stretches, parts));
                    join(file, made, whole, "put together of " + count, parts.resolve("joined.zip"));
                    if (count > 1) {
                        oneAtATime(pool, stretches, parts);
                    }
                }
            }
            Folders.delete(folder);
        }

        /** What a machine of its own would take for the longest of them. */
        private void oneAtATime(DeflatePool pool, List<Stretch> stretches, Path parts)
                throws IOException, SourceException, InterruptedException, ExecutionException {
            double[] longest = new double[3];
            for (int i = 0; i < stretches.size(); i++) {
                Path file = parts.resolve("alone" + i);
                Stretch stretch = stretches.get(i);
                double[] before = now();
                var unused = alone(input, pool, stretch, file);
                double[] spent = since(before);
                longest = spent[0] > longest[0] ? spent : longest;
            }
            costs.computeIfAbsent("the longest of " + stretches.size() + ", alone", key -> new ArrayList<>())
                    .add(longest);
        }

        private void join(StretchedFile file, List<Made> made, Archive whole, String what, Path to)
                throws IOException, SourceException, InterruptedException, ExecutionException {
            Archive joined = timed(what, () -> file.join(made, to));
            if (!joined.isSame(whole)) {
                throw new IOException(name + ", " + what + ": " + joined.sealed() + " instead of " + whole.sealed());
            }
            ofOneThread(what + ": … copying, CPU of its thread", joined.cost().joining());
            ofOneThread(
                    what + ": … inflating and digesting the rows", joined.cost().reading());
            ofOneThread(what + ": … the archive's digest", joined.cost().sealing());
        }

        /** Of what one thread does, its CPU. */
        private void ofOneThread(String what, double seconds) {
            costs.computeIfAbsent(what, key -> new ArrayList<>()).add(new double[] {seconds, seconds, 0});
        }

        private List<Made> together(DeflatePool pool, List<Stretch> stretches, Path folder)
                throws InterruptedException, ExecutionException {
            ExecutorService workers = Executors.newFixedThreadPool(stretches.size());
            try {
                List<Future<Made>> begun = new ArrayList<>();
                for (int i = 0; i < stretches.size(); i++) {
                    Stretch stretch = stretches.get(i);
                    Path file = folder.resolve(i + ".part");
                    begun.add(workers.submit(() -> alone(input, pool, stretch, file)));
                }
                List<Made> made = new ArrayList<>();
                for (Future<Made> each : begun) {
                    made.add(each.get());
                }
                return made;
            } finally {
                workers.shutdown();
            }
        }

        @FunctionalInterface
        private interface Work<T> {
            T run() throws IOException, SourceException, InterruptedException, ExecutionException;
        }

        private <T> T timed(String what, Work<T> work)
                throws IOException, SourceException, InterruptedException, ExecutionException {
            double[] before = now();
            T done = work.run();
            costs.computeIfAbsent(what, key -> new ArrayList<>()).add(since(before));
            return done;
        }

        /** Wall, and CPU of this process and of the database's, in seconds. */
        private double[] now() throws IOException {
            long own = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
            return new double[] {System.nanoTime() / 1e9, own / 1e9, clock.seconds()};
        }

        private double[] since(double[] before) throws IOException {
            double[] after = now();
            for (int i = 0; i < after.length; i++) {
                after[i] -= before[i];
            }
            return after;
        }

        private static double median(List<double[]> runs, int figure) {
            return Measured.median(runs.stream().map(run -> run[figure]).toList());
        }
    }
}
