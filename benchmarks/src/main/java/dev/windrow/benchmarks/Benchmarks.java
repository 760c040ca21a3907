package dev.windrow.benchmarks;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Runs the comparisons that the command line asks for, and writes them to a page with a plot. */
public final class Benchmarks {
    private Benchmarks() {}

    /** @param arguments as in {@link Options}; without any, everything, in some ten minutes */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(System.getProperty("windrow.root", "."))
                .toAbsolutePath()
                .normalize();
        Options options;
        try {
            options = Options.parse(root, arguments);
            Peer.requirePrograms();
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path data = root.resolve("benchmarks/target/data");
        Report report = new Report(LocalDate.now(ZoneOffset.UTC));
        Path small = source(data, options.rows());
        if (options.has("peers")) {
            new Comparison(options, report).run("peers", small, options.rows(), options.runs());
        }
        Behaviour behaviour = new Behaviour(options, report);
        if (options.has("start")) {
            behaviour.start(small);
        }
        if (options.has("queue")) {
            behaviour.queue(small);
        }
        if (options.has("writer")) {
            new SourceWriter(options, report).run(small);
        }
        if (options.bigRows() > 0 && (options.has("big") || options.has("memory"))) {
            Path big = source(data, options.bigRows());
            if (options.has("big")) {
                new Comparison(options, report).run("big", big, options.bigRows(), options.bigRuns());
            }
            if (options.has("memory")) {
                behaviour.memory(small, big);
            }
        }
        report.write(options.report());
        System.out.println("\nWritten: " + options.report());
    }

    /** The folder of a sensors example with that many rows, made if it is not there. */
    private static Path source(Path data, long rows) throws IOException {
        Path folder = data.resolve("sensors-" + rows);
        if (Example.SENSORS.loadRows(folder).orElse(-1) != rows) {
            System.out.printf(Locale.ROOT, "Making a source of %,d rows ...%n", rows);
            Files.createDirectories(folder);
            Example.SENSORS.create(folder, rows, made -> {});
        }
        return folder;
    }
}
