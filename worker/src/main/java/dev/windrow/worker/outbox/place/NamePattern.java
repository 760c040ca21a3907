package dev.windrow.worker.outbox.place;

import dev.windrow.common.catalog.SafeName;
import dev.windrow.common.export.Export;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How archives are named at a place: a path below it with placeholders. Whatever these stand for stays within its part
 * of the path and is a name that every system takes. Immutable.
 *
 * <ul>
 *   <li>{@code {dataset}}, {@code {owner}}, {@code {id}} of the export
 *   <li>{@code {fileName}} of the archive, as a download has it, with its extension
 *   <li>{@code {date}} and {@code {time}} when it was finished, in UTC: {@code 2026-03-31}, {@code 235959}
 * </ul>
 */
public final class NamePattern {
    /** Where a place has none of its own. */
    public static final String USUAL = "{dataset}/{date}/{fileName}";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> PLACEHOLDERS = List.of("dataset", "date", "time", "fileName", "id", "owner");
    private static final int MOST = 500;

    private final List<String> parts;

    /** @throws IllegalArgumentException with what is wrong with it */
    public NamePattern(String pattern) {
        if (pattern.length() > MOST) {
            throw new IllegalArgumentException("is longer than " + MOST + " characters");
        }
        if (pattern.startsWith("/") || pattern.endsWith("/") || pattern.isBlank()) {
            throw new IllegalArgumentException("must be a path below the place, which begins and ends with a name");
        }
        parts = List.of(pattern.split("/", -1));
        parts.forEach(NamePattern::check);
    }

    private static void check(String part) {
        String sample = part;
        for (String placeholder : PLACEHOLDERS) {
            sample = sample.replace("{" + placeholder + "}", "x");
        }
        if (sample.contains("{") || sample.contains("}")) {
            throw new IllegalArgumentException(
                    "has a placeholder that there is not; say " + String.join(", ", PLACEHOLDERS) + " in braces");
        }
        if (sample.isEmpty() || !SafeName.part(sample, SafeName.TRACE).equals(sample)) {
            throw new IllegalArgumentException(
                    "has a part that is no name of a file on every system: nothing, . or .., a"
                            + " blank or dot at its ends, or one of < > : \" \\ | ? *");
        }
    }

    /**
     * The name of an export's archive.
     *
     * @param finished when it was completed
     */
    String of(Export export, Instant finished) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("dataset", export.request().dataset());
        values.put("date", DATE.format(finished));
        values.put("time", TIME.format(finished));
        values.put("id", export.id().toString());
        values.put("owner", export.owner());
        values.put("fileName", export.request().fileName());
        List<String> names = new ArrayList<>();
        for (String part : parts) {
            String safe = SafeName.part(filled(part, values), SafeName.TRACE);
            names.add(safe.isEmpty() ? SafeName.TRACE : safe);
        }
        return String.join("/", names);
    }

    /** How many folders lead to an archive. */
    int folders() {
        return parts.size() - 1;
    }

    /** In one walk: what a value brings is no placeholder. */
    private static String filled(String part, Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < part.length()) {
            int end = part.charAt(at) == '{' ? part.indexOf('}', at) : -1;
            if (end < 0) {
                filled.append(part.charAt(at));
                at++;
            } else {
                filled.append(values.get(part.substring(at + 1, end)));
                at = end + 1;
            }
        }
        return filled.toString();
    }
}
