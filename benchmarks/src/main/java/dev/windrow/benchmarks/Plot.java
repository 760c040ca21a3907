package dev.windrow.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bars of wall and CPU time, as SVG that is readable on light and on dark. */
final class Plot {
    private static final int WIDTH = 720;
    private static final int NAME = 290;
    private static final int BAR = 12;
    private static final int ROW = 2 * BAR + 10;

    private Plot() {}

    static String of(Collection<Results.Compared> compared) {
        StringBuilder bars = new StringBuilder();
        int y = 20;
        for (Results.Compared comparison : compared) {
            bars.append(text(
                    0, y, String.format(Locale.ROOT, "%,d %s, seconds", comparison.rows(), comparison.title()), "b"));
            y += 14;
            double most = comparison.runs().values().stream()
                    .mapToDouble(runs ->
                            Math.max(Measured.median(runs, Measured::wall), Measured.median(runs, Measured::cpu)))
                    .max()
                    .orElse(1);
            for (Map.Entry<String, List<Measured>> runs : comparison.runs().entrySet()) {
                bars.append(text(0, y + BAR + 4, runs.getKey(), "n"));
                bars.append(bar(y, Measured.median(runs.getValue(), Measured::wall), most, "wall"));
                bars.append(bar(y + BAR, Measured.median(runs.getValue(), Measured::cpu), most, "cpu"));
                y += ROW;
            }
            y += 24;
        }
        String style = "text{font:12px sans-serif;fill:#777}.b{font-weight:bold}.wall{fill:#2a7f9e}.cpu{fill:#d08a2e}";
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + (y + 8) + "\">\n<style>"
                + style + "</style>\n" + bars + text(NAME, y, "blue: wall, orange: CPU", "n") + "</svg>\n";
    }

    private static String bar(int y, double seconds, double most, String kind) {
        double length = seconds / most * (WIDTH - NAME - 50);
        return String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>%n",
                        NAME,
                        y,
                        length,
                        BAR - 1,
                        kind)
                + text(NAME + (int) length + 5, y + BAR - 2, String.format(Locale.ROOT, "%.2f", seconds), "n");
    }

    private static String text(int x, int y, String words, String kind) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
        return "<text x=\"" + x + "\" y=\"" + y + "\" class=\"" + kind + "\">" + escaped + "</text>\n";
    }
}
