package dev.windrow.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the manual, taken apart into its tables and examples. */
final class Manual {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final String name;
    private final String text;

    private Manual(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** @param name of a file below the project's root */
    static Manual page(String name) {
        try {
            return new Manual(name, Files.readString(Path.of("..", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /** A command, and the beginning of the answer that the page says it has. */
    record Example(String command, String answer) {}

    /** Each {@code sh} block that an {@code http} block follows; every {@code sh} block must have one. */
    List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        String command = null;
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            if (command != null) {
                if (!fence.group(1).equals("http")) {
                    throw new AssertionError(name + " does not say what answers " + command);
                }
                examples.add(new Example(command, fence.group(2)));
                command = null;
            } else if (fence.group(1).equals("sh")) {
                command = fence.group(2);
            }
        }
        return examples;
    }

    /** The first block of a language. */
    String block(String language) {
        return block("", language);
    }

    /** The first block of a language below a heading. */
    String block(String heading, String language) {
        int at = text.indexOf(heading.isEmpty() ? "" : "\n" + heading + "\n");
        if (at < 0) {
            throw new AssertionError(name + " has no heading " + heading);
        }
        return FENCE.matcher(text.substring(at))
                .results()
                .filter(fence -> fence.group(1).equals(language))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    /** The rows of the first table below a heading, without the two lines of its head, as cells. */
    List<List<String>> table(String heading) {
        List<String> lines = text.lines().toList();
        int at = lines.indexOf(heading);
        if (at < 0) {
            throw new AssertionError(name + " has no heading " + heading);
        }
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines.subList(at + 1, lines.size())) {
            if (line.startsWith("|")) {
                rows.add(Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList());
            } else if (!rows.isEmpty() || line.startsWith("#")) {
                break;
            }
        }
        if (rows.size() < 3) {
            throw new AssertionError(name + " has no table below " + heading);
        }
        return rows.subList(2, rows.size());
    }

    /** One column of such a table. */
    List<String> column(String heading, int index) {
        return table(heading).stream().map(row -> row.get(index)).toList();
    }

    /** What stands between backticks in a cell. */
    static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    /** The only thing that stands between backticks in a cell. */
    static String only(String cell) {
        List<String> code = code(cell);
        if (code.size() != 1) {
            throw new AssertionError("not one name: " + cell);
        }
        return code.get(0);
    }
}
