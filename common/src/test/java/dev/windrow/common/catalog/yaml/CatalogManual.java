package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.yaml.tree.KnownField;
import dev.windrow.common.catalog.yaml.tree.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** docs/catalog.md as its test reads it: the tables of the fields, and the examples. */
final class CatalogManual {
    private static final String HEAD = "| field | what it may be | if left out | meaning | example |";
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final String text;

    private CatalogManual(String text) {
        this.text = text;
    }

    static CatalogManual read() {
        try {
            return new CatalogManual(Files.readString(Path.of("..", "docs", "catalog.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /** The catalogs that it shows, in their order. */
    List<String> examples() {
        return EXAMPLE.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** The table of fields below each heading, by the heading's anchor. */
    Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        String anchor = "";
        boolean within = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("#")) {
                anchor = line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replace(' ', '-');
            }
            String row = unpadded(line);
            within = row.equals(HEAD) || within && row.startsWith("|");
            if (within) {
                tables.computeIfAbsent(anchor, name -> new ArrayList<>()).add(row);
            }
        }
        return tables;
    }

    /** The formatter of the pages pads cells, so that columns stand below each other. */
    private static String unpadded(String row) {
        return row.replaceAll(" +", " ").replaceAll("-{3,}", "---");
    }

    /** The table that a level must have. */
    static List<String> table(Level level) {
        List<String> table = new ArrayList<>(List.of(HEAD, "| --- | --- | --- | --- | --- |"));
        level.fields().forEach(field -> table.add(row(field)));
        return table;
    }

    private static String row(KnownField field) {
        return "| `" + field.name() + "` | " + field.form().type() + " | "
                + (field.required() ? "**required**" : field.preset()) + " | " + field.meaning() + " | "
                + (field.example() == null ? "" : "`" + field.example() + "` ") + "|";
    }
}
