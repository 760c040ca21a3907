package dev.windrow.examples.sample;

import java.util.ArrayList;
import java.util.List;

/** Reads cells between delimiters, quoted or not, in lines that end with LF. Belongs to one thread. */
final class CellReader {
    private final String text;
    private final char delimiter;
    private final List<List<String>> rows = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private List<String> row = new ArrayList<>();

    CellReader(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    List<List<String>> rows() {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && text.startsWith("\"", i + 1)) {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || c != delimiter && c != '\n') {
                cell.append(c);
            } else {
                endCell();
                if (c == '\n') {
                    endRow();
                }
            }
        }
        if (!row.isEmpty() || cell.length() > 0) {
            endCell();
            endRow();
        }
        return rows;
    }

    private void endCell() {
        row.add(cell.toString());
        cell.setLength(0);
    }

    private void endRow() {
        rows.add(row);
        row = new ArrayList<>();
    }
}
