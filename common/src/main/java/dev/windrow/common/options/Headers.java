package dev.windrow.common.options;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Format;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands above the columns, in the formats that have a row for it. The names are those of the HTTP API. */
public enum Headers {
    /** The columns' names, which programs look for. */
    NAMES,
    /** The titles that the catalog gives them, which people read; the name of a column that has none. */
    TITLES;

    /** The word in the API. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those of that {@link #id()}; empty when there are none. */
    public static Optional<Headers> of(String id) {
        return Arrays.stream(values())
                .filter(headers -> headers.id().equals(id))
                .findFirst();
    }

    /** The words of all, as messages list them. */
    public static String ids() {
        return Arrays.stream(values()).map(Headers::id).collect(Collectors.joining(" or "));
    }

    /** Whether a file of that format has them; elsewhere names are the keys that programs read values by. */
    public static boolean areIn(Format format) {
        return switch (format) {
            case CSV, XLSX -> true;
            case JSON, NDJSON -> false;
        };
    }

    /** The text above that column. Two columns may have the same. */
    public String of(Column column) {
        String title = column.title();
        return this == TITLES && title != null && !title.isBlank() ? title : column.name();
    }
}
