package dev.windrow.common.options;

import dev.windrow.common.catalog.Format;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How files are written, by format; those of other formats than the export's own are the defaults.
 *
 * @param csv of CSV
 * @param json of JSON
 */
public record FormatOptions(CsvOptions csv, JsonOptions json) {
    public static final FormatOptions DEFAULT = new FormatOptions(CsvOptions.DEFAULT, JsonOptions.DEFAULT);

    public FormatOptions {
        Objects.requireNonNull(csv, "csv");
        Objects.requireNonNull(json, "json");
    }

    public static FormatOptions of(CsvOptions csv) {
        return new FormatOptions(csv, JsonOptions.DEFAULT);
    }

    public static FormatOptions of(JsonOptions json) {
        return new FormatOptions(CsvOptions.DEFAULT, json);
    }

    /** The effective options of one format in their JSON form, as users see them; empty where a format has none. */
    public Map<String, Object> shown(Format format) {
        return switch (format) {
            case CSV -> Map.of(format.id(), shownCsv());
            case JSON -> Map.of(format.id(), Map.of("indent", json.indent()));
            case NDJSON, XLSX -> Map.of();
        };
    }

    private Map<String, Object> shownCsv() {
        Map<String, Object> shown = new LinkedHashMap<>();
        if (csv.mostRows() == CsvOptions.SPREADSHEET.mostRows()) {
            shown.put("profile", "spreadsheet");
        }
        shown.put("bom", csv.bom());
        shown.put("delimiter", String.valueOf(csv.delimiter()));
        shown.put("lineEnding", csv.crlf() ? "crlf" : "lf");
        shown.put("formulas", csv.escapeFormulas() ? "escape" : "raw");
        return shown;
    }
}
