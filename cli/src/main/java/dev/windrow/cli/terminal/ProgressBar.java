package dev.windrow.cli.terminal;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line of a terminal. What does not fit is left out, the least telling first. */
final class ProgressBar {
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 10;
    private static final String GAP = "  ";

    private ProgressBar() {}

    /**
     * @param percent null where it is not known: there is no bar then
     * @param words the most telling first
     * @param width columns of the terminal, of which the last one stays free so that no terminal wraps
     */
    static String line(@Nullable Double percent, List<String> words, int width) {
        int room = width - 1;
        String head = percent == null ? "" : percent(percent) + GAP;
        int bar = percent == null ? 0 : SHORTEST_BAR + 2;
        StringBuilder tail = new StringBuilder();
        for (String word : words) {
            int gap = bar == 0 && tail.length() == 0 ? 0 : GAP.length();
            if (head.length() + bar + tail.length() + gap + word.length() > room) {
                break;
            }
            tail.append(GAP, 0, gap).append(word);
        }
        if (percent == null) {
            String line = tail.length() == 0 && !words.isEmpty() ? words.get(0) : tail.toString();
            return line.substring(0, Math.min(room, line.length()));
        }
        int cells = Math.min(LONGEST_BAR, room - head.length() - tail.length() - 2);
        return cells < 1 ? head.strip() : head + bar(percent, cells) + tail;
    }

    /** Cut, not rounded: 100 % is said when all is done, and not before. */
    static String percent(double percent) {
        return String.format(Locale.ROOT, "%5.1f %%", Math.floor(percent * 10) / 10);
    }

    private static String bar(double percent, int cells) {
        int full = (int) Math.floor(Math.max(0, Math.min(100, percent)) / 100 * cells);
        String tip = full < cells ? ">" : "";
        return "[" + "=".repeat(full) + tip + " ".repeat(cells - full - tip.length()) + "]";
    }
}
