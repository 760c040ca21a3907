package dev.windrow.benchmarks;

import dev.windrow.benchmarks.Results.Compared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The page with the results: goals, tables of medians and ratios, and the plot beside it. */
final class Report {
    static final String FIRST = "Windrow, first export";
    static final String WARM = "Windrow, warm";

    private final Results results;
    private final LocalDate date;
    private final StringBuilder text = new StringBuilder();

    Report(Results results, LocalDate date) {
        this.results = results;
        this.date = date;
    }

    void write(Path page) throws IOException {
        Path plot = page.resolveSibling("performance.svg");
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(plot, Plot.of(results.compared().values()));
        text.append("# Performance\n\nMade by `benchmarks/run` on ")
                .append(date)
                .append(". ");
        text.append(machine()).append("""

                Figures of other machines and days differ; ratios of one run hold better. Windrow's time is that from `POST` to
                `completed` as a client sees it: a durable job, checkpoints, the archive sealed, read back, synced and published.
                The peers are whole processes from start to end, which leave a file behind and no more. Why it is as fast as it is,
                and what holds it: [decision 41](decisions/0041-the-runs-thread.md).

                ## Goals

                | | goal | measured | met |
                | --- | --- | --- | --- |
                """);
        goals();
        text.append("\n![Wall and CPU seconds of each](performance.svg)\n");
        for (String part : Options.PARTS) {
            Compared compared = results.compared().get(part);
            if (compared != null) {
                table(compared);
            }
        }
        text.append("\n## Windrow alone\n\n| | goal | measured |\n| --- | --- | --- |\n");
        for (String part : Options.PARTS) {
            results.figures().forEach((name, figures) -> {
                if (name.equals(part) || name.startsWith(part + "-")) {
                    figures.forEach(figure -> line(figure.what(), figure.goal(), figure.value()));
                }
            });
        }
        Files.writeString(page, text);
    }

    private void goals() {
        for (String part : Options.PARTS) {
            results.goals()
                    .getOrDefault(part, List.of())
                    .forEach(goal -> line(goal.what(), goal.goal(), goal.value(), goal.met() ? "yes" : "no"));
        }
    }

    private void table(Compared compared) {
        text.append(String.format(Locale.ROOT, "%n## %,d %s%n%n", compared.rows(), compared.title()));
        text.append("| | wall s | CPU s | MB | wall, ratio | CPU, ratio | size, ratio |\n");
        text.append("| --- | --: | --: | --: | --: | --: | --: |\n");
        String peer = compared.runs().containsKey(Peer.PIGZ) ? Peer.PIGZ : Peer.COPY;
        List<Measured> to = compared.of(peer);
        compared.runs()
                .forEach((name, runs) -> line(
                        name,
                        number(wall(runs)),
                        number(cpu(runs)),
                        number(bytes(runs) / 1e6),
                        number(wall(runs) / wall(to)),
                        number(cpu(runs) / cpu(to)),
                        number(bytes(runs) / bytes(to))));
        text.append(String.format(
                Locale.ROOT,
                "%nMedians of %d; ratios to `%s`. Windrow's whole process (API, worker, queue) peaked at %.0f MB resident.%n",
                to.size(),
                peer,
                compared.peakResident()));
    }

    private void line(String... cells) {
        for (String cell : cells) {
            text.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        text.append("|\n");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
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

    private static String machine() throws IOException {
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
