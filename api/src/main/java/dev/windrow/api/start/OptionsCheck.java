package dev.windrow.api.start;

import dev.windrow.api.request.Faults;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.options.JsonOptions;
import org.jspecify.annotations.Nullable;

/** Checks the options of a start's format, and fills in what was left out. */
final class OptionsCheck {
    private final Faults faults;

    private OptionsCheck(Faults faults) {
        this.faults = faults;
    }

    /**
     * The effective options; adds every fault. Those of another format than the start's are one, since they would do
     * nothing.
     */
    static FormatOptions check(StartRequest request, Format format, Faults faults) {
        OptionsCheck check = new OptionsCheck(faults);
        StartRequest.Csv csv = request.options().csv();
        StartRequest.Json json = request.options().json();
        check.belongs(csv, Format.CSV, format);
        check.belongs(json, Format.JSON, format);
        return new FormatOptions(
                csv == null ? CsvOptions.DEFAULT : check.csv(csv),
                json == null ? JsonOptions.DEFAULT : check.json(json),
                check.headers(request.options().headers(), format));
    }

    private Headers headers(@Nullable String headers, Format format) {
        if (headers == null) {
            return Headers.NAMES;
        }
        if (!Headers.areIn(format)) {
            faults.add("/options/headers", "does not apply to the format " + format.id());
            return Headers.NAMES;
        }
        return Headers.of(headers).orElseGet(() -> {
            faults.add("/options/headers", "must be " + Headers.ids());
            return Headers.NAMES;
        });
    }

    private void belongs(@Nullable Object options, Format theirs, Format asked) {
        if (options != null && theirs != asked) {
            faults.add("/options/" + theirs.id(), "does not apply to the format " + asked.id());
        }
    }

    private CsvOptions csv(StartRequest.Csv csv) {
        CsvOptions profile = isOne("profile", csv.profile(), "spreadsheet", "machine", false)
                ? CsvOptions.SPREADSHEET
                : CsvOptions.DEFAULT;
        char delimiter = delimiter(csv.delimiter(), profile.delimiter());
        boolean escape = isOne("formulas", csv.formulas(), "escape", "raw", profile.escapeFormulas());
        if (escape && (delimiter == '=' || delimiter == '@')) {
            faults.add("/options/csv/delimiter", "must not begin a formula, as = and @ do, where formulas are escaped");
        }
        return new CsvOptions(
                csv.bom() == null ? profile.bom() : csv.bom(),
                delimiter,
                isOne("lineEnding", csv.lineEnding(), "crlf", "lf", profile.crlf()),
                escape,
                profile.mostRows());
    }

    /**
     * Letters, digits and the signs of numbers would have to be quoted in every second value, so they are never meant.
     */
    private char delimiter(@Nullable String delimiter, char otherwise) {
        if (delimiter == null) {
            return otherwise;
        }
        if (!delimiter.matches("[\\t\\x20-\\x7e&&[^A-Za-z0-9\"+.-]]")) {
            faults.add(
                    "/options/csv/delimiter",
                    "must be one ASCII character: a tab, a space or a sign, but no quote, plus, minus or point");
            return otherwise;
        }
        return delimiter.charAt(0);
    }

    /** Whether an option is the first of two words. */
    private boolean isOne(String option, @Nullable String value, String word, String other, boolean otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (!value.equals(word) && !value.equals(other)) {
            faults.add("/options/csv/" + option, "must be " + word + " or " + other);
        }
        return value.equals(word);
    }

    private JsonOptions json(StartRequest.Json json) {
        Long indent = json.indent();
        if (indent == null) {
            return JsonOptions.DEFAULT;
        }
        if (indent < 0 || indent > JsonOptions.MOST_INDENT) {
            faults.add("/options/json/indent", "must be 0 to " + JsonOptions.MOST_INDENT + ", true or false");
            return JsonOptions.DEFAULT;
        }
        return new JsonOptions(indent.intValue());
    }
}
