package dev.windrow.app;

import java.util.ArrayList;
import java.util.List;

/** CSV, read strictly by RFC 4180, apart from the product. An empty cell without quotes is null. */
public final class CsvText {
    private final String text;
    private final char delimiter;
    private final String lineEnd;
    private int at;

    private CsvText(String text, char delimiter, String lineEnd) {
        this.text = text;
        this.delimiter = delimiter;
        this.lineEnd = lineEnd;
    }

    /** All lines, the header first. */
    public static List<List<String>> lines(String text, char delimiter, String lineEnd) {
        CsvText csv = new CsvText(text, delimiter, lineEnd);
        List<List<String>> lines = new ArrayList<>();
        while (csv.at < text.length()) {
            lines.add(csv.line());
        }
        return lines;
    }

    private List<String> line() {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(text.startsWith("\"", at) ? quoted() : plain());
            if (text.startsWith(lineEnd, at)) {
                at += lineEnd.length();
                return cells;
            }
            if (at >= text.length() || text.charAt(at) != delimiter) {
                throw new AssertionError("neither delimiter nor line end at " + at);
            }
            at++;
        }
    }

    private String plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) != delimiter && !text.startsWith(lineEnd, at)) {
            if ("\"\r\n".indexOf(text.charAt(at)) >= 0) {
                throw new AssertionError("not quoted, at " + at);
            }
            at++;
        }
        return at == start ? null : text.substring(start, at);
    }

    private String quoted() {
        StringBuilder cell = new StringBuilder();
        at++;
        while (true) {
            int end = text.indexOf('"', at);
            if (end < 0) {
                throw new AssertionError("a quote without its end");
            }
            cell.append(text, at, end);
            at = end + 1;
            if (!text.startsWith("\"", at)) {
                return cell.toString();
            }
            cell.append('"');
            at++;
        }
    }
}
