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
 * @param headers of the formats that {@linkplain Headers#areIn have some}
 */
public record FormatOptions(CsvOptions csv, JsonOptions json, Headers headers) {
    public static final FormatOptions DEFAULT =
            new FormatOptions(CsvOptions.DEFAULT, JsonOptions.DEFAULT, Headers.NAMES);

    public FormatOptions {
        Objects.requireNonNull(csv, "csv");
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(headers, "headers");
    }

    public static FormatOptions of(CsvOptions csv) {
        return new FormatOptions(csv, JsonOptions.DEFAULT, Headers.NAMES);
    }

    public static FormatOptions of(JsonOptions json) {
        return new FormatOptions(CsvOptions.DEFAULT, json, Headers.NAMES);
    }

    /**
     * The effective options of one format in their JSON form, as users see them; empty where a format has none. Headers
     * are shown where they are not the names: the manifests of exports that ask for no others stay as they were.
     */
    public Map<String, Object> shown(Format format) {
        Map<String, Object> shown = new LinkedHashMap<>();
        switch (format) {
            case CSV -> shown.put(format.id(), shownCsv());
            case JSON -> shown.put(format.id(), Map.of("indent", json.indent()));
            case NDJSON, XLSX -> {
                // None of their own.
            }
        }
        if (headers != Headers.NAMES && Headers.areIn(format)) {
            shown.put("headers", headers.id());
        }
        return shown;
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
