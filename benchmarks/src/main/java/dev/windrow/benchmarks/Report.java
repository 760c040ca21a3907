package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The page with the results: tables of medians and ratios, and the plot beside it. Shows on the console what it is given. */
final class Report {
    private static final String WARM = "Windrow, warm";

    private final LocalDate date;
    private final StringBuilder comparisons = new StringBuilder();
    private final StringBuilder figures = new StringBuilder();
    private final List<String> goals = new ArrayList<>();
    private final Map<Long, Map<String, List<Measured>>> compared = new LinkedHashMap<>();

    private long smallRows;
    private double smallWall;

    Report(LocalDate date) {
        this.date = date;
    }

    /** One figure, with the goal for it or nothing. */
    void add(String what, String goal, String format, double value) {
        String line = "| " + what + " | " + goal + " | " + String.format(Locale.ROOT, format, value) + " |";
        figures.append(line).append('\n');
        System.out.println(line);
    }

    /** The runs of one comparison. */
    void compared(String part, long rows, Map<String, List<Measured>> runs, String reference, double peakResident) {
        compared.put(rows, runs);
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%n### %,d rows%n%n", rows));
        table.append("| | wall s | CPU s | MB | wall, ratio | CPU, ratio | size, ratio |\n");
        table.append("| --- | --: | --: | --: | --: | --: | --: |\n");
        List<Measured> to = of(runs, reference);
        runs.forEach((name, measured) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                name.replace("|", "\\|"),
                wall(measured),
                cpu(measured),
                bytes(measured) / 1e6,
                wall(measured) / wall(to),
                cpu(measured) / cpu(to),
                bytes(measured) / bytes(to))));
        table.append(String.format(
                Locale.ROOT,
                "%nMedians; ratios to `%s`. Windrow's whole process (API, worker, queue) peaked at %.0f MB resident.%n",
                reference,
                peakResident));
        comparisons.append(table);
        System.out.print(table);
        goals(part.equals("big"), rows, runs);
    }

    private void goals(boolean big, long rows, Map<String, List<Measured>> runs) {
        String count = String.format(Locale.ROOT, "%,d rows: ", rows);
        List<Measured> own = of(runs, WARM);
        List<Measured> zip = of(runs, "sqlite3 -csv | zip -6");
        List<Measured> pigz = of(runs, "sqlite3 -csv | pigz -p2 -6");
        List<Measured> batch = of(runs, "Spring Batch's file writer (no compression)");
        goal(count + "wall, to `sqlite3 -csv \\| pigz -p2 -6`", big ? 0.75 : 0.8, wall(own) / wall(pigz));
        goal(count + "CPU, to `sqlite3 -csv \\| zip -6`", 0.8, cpu(own) / cpu(zip));
        goal(count + "wall, to Spring Batch's file writer", 0.5, wall(own) / wall(batch));
        goal(count + "size, to `zip -6`", 1.06, bytes(own) / bytes(zip));
        if (smallWall > 0) {
            double factor = rows / (double) smallRows;
            String both = String.format(Locale.ROOT, "time of %,d rows to that of %,d", rows, smallRows);
            goal(both, 1.05 * factor, wall(own) / smallWall);
        }
        smallRows = rows;
        smallWall = wall(own);
    }

    private static List<Measured> of(Map<String, List<Measured>> runs, String name) {
        return Objects.requireNonNull(runs.get(name), name);
    }

    private void goal(String what, double most, double value) {
        String line = String.format(
                Locale.ROOT, "| %s | ≤ %.2f | %.2f | %s |", what, most, value, value <= most ? "yes" : "no");
        goals.add(line);
        System.out.println(line);
    }

    private static double wall(List<Measured> runs) {
        return Measured.median(runs, Measured::wall);
    }

    private static double cpu(List<Measured> runs) {
        return Measured.median(runs, Measured::cpu);
    }

    private static double bytes(List<Measured> runs) {
        return Measured.median(runs, Measured::bytes);
    }

    void write(Path page) throws IOException {
        Path plot = page.resolveSibling("performance.svg");
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(plot, Plot.of(compared));
        Files.writeString(page, text(plot.getFileName().toString()));
    }

    private String text(String plot) throws IOException {
        StringBuilder text = new StringBuilder("# Performance\n\n");
        text.append("Made by `./benchmarks/run` on ").append(date).append(". ").append(machine());
        text.append("""

                Figures of other machines and days differ; ratios of one run hold better. Windrow's time is that from `POST` to
                `completed` as a client sees it: a durable job, checkpoints, the archive sealed, read back, synced and published.
                The peers are whole processes from start to end, which leave a file behind and no more.
                """);
        if (!goals.isEmpty()) {
            text.append("\n## Goals\n\n| | goal | measured | met |\n| --- | --- | --- | --- |\n");
            goals.forEach(line -> text.append(line).append('\n'));
        }
        if (comparisons.length() > 0) {
            text.append("\n![Wall and CPU seconds of each](").append(plot).append(")\n");
            text.append(comparisons);
        }
        if (figures.length() > 0) {
            text.append("\n## Start, queue, memory\n\n| | goal | measured |\n| --- | --- | --- |\n")
                    .append(figures);
        }
        return text.toString();
    }

    static String machine() throws IOException {
        String model = "unknown processor";
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            model = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(model);
        }
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return String.format(
                Locale.ROOT,
                "Machine: %d cores (%s), %s %s, Java %s, load at the end %s.%n",
                Runtime.getRuntime().availableProcessors(),
                model,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                load);
    }
}
