package dev.windrow.worker.encode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Texts of whoever wants a spreadsheet to run something. */
final class HostileCells {
    static final char[] DELIMITERS = {',', ';', '\t', '|'};

    private static final List<String> BEFORE = List.of(
            "",
            " ",
            "\u0000",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "\u0001",
            "\u000b",
            "\u001a",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u00ad",
            "\u200b",
            "\u2003",
            "\u2028",
            "\u3000",
            "\ufeff",
            "\u0000 \t",
            "\"",
            "\"\"",
            " \"");
    private static final List<String> PLACES =
            List.of("", "a,", "a;", "a\t", "a|", "a\n", "a\r", "\",", ";", "a\";\"", "a,b;c\td|", "-1;", ";-1,");
    private static final List<String> FORMULAS =
            List.of("=1+1", "+1+1", "-1+1", "@SUM(1;1)", "\uff1d1+1", "=1+1&\"", "=1+1&\"\"\"\"", "=\"a\"&\"b\"");
    private static final List<String> AFTER = List.of("", ";b", ",b", "\tb", "|b", "\nb", "\";b");

    private HostileCells() {}

    /** Each sign behind each thing that does not show, at each place. */
    static List<String> all() {
        List<String> cells = new ArrayList<>();
        for (String place : PLACES) {
            for (String before : BEFORE) {
                for (String formula : FORMULAS) {
                    cells.add(place + before + formula + AFTER.get(cells.size() % AFTER.size()));
                }
            }
        }
        return cells;
    }

    /** Made of their parts in any order. */
    static List<String> random(long seed, int count) {
        Random random = new Random(seed);
        List<String> parts = new ArrayList<>(List.of("a", "1", "1*2", "'", "-5", "-5.5", "]", "}", "=", "+", "-", "@"));
        List.of(BEFORE, PLACES, FORMULAS, AFTER).forEach(parts::addAll);
        return IntStream.range(0, count)
                .mapToObj(i -> String.join(
                        "",
                        random.ints(1 + random.nextInt(6), 0, parts.size())
                                .mapToObj(parts::get)
                                .toList()))
                .toList();
    }
}
