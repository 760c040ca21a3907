package dev.windrow.cli;

import dev.windrow.cli.terminal.ProgressWords;
import dev.windrow.client.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What an export would be, in words: how many rows, about how large, and the first rows as a table. */
final class TrialRun {
    /** Of a value; a table that breaks its lines is none. */
    private static final int WIDEST = 40;

    private final JsonNode answer;

    /** @param answer of a dry run, as the API has it */
    TrialRun(JsonNode answer) {
        this.answer = answer;
    }

    /** Two lines that scripts may read. */
    void printFigures(PrintWriter out) {
        JsonNode rows = answer.path("rowsTotal");
        JsonNode bytes = answer.path("estimatedBytes");
        out.println("rows: " + (rows.isNumber() ? ProgressWords.grouped(rows.asLong()) : "not counted"));
        out.println("size: " + (bytes.isNumber() ? "about " + ProgressWords.bytes(bytes.asLong()) : "not known"));
    }

    void printRows(PrintWriter out) {
        List<List<String>> table = new ArrayList<>();
        table.add(cells(answer.path("preview").path("columns")));
        answer.path("preview").path("rows").forEach(row -> table.add(cells(row)));
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                line.append(i == row.size() - 1 ? "" : " ".repeat(2 + width(table, i) - length(row.get(i))));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static List<String> cells(JsonNode row) {
        return row.valueStream().map(TrialRun::cell).toList();
    }

    private static String cell(JsonNode value) {
        String text = Problem.plain(value.isNull() ? "" : value.isString() ? value.asString() : value.toString());
        return length(text) <= WIDEST ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static int width(List<List<String>> table, int column) {
        return table.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> length(row.get(column)))
                .max()
                .orElse(0);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
