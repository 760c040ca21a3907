package dev.windrow.api.start;

import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.Durations;
import dev.windrow.api.request.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A start as it was asked for: of the right shape, but not yet compared with any dataset. What was left out is null.
 *
 */
record StartRequest(
        String dataset,
        @Nullable String format,
        Map<String, @Nullable Object> parameters,
        @Nullable List<String> columns,
        @Nullable String fileName,
        Options options,
        Wishes wishes) {
    private static final Set<String> FIELDS =
            Set.of("dataset", "format", "parameters", "columns", "fileName", "options", "maxAge", "notify", "deliver");
    private static final Duration LONGEST_AGE = Duration.ofDays(36_500);
    private static final Set<String> CSV_FIELDS = Set.of("profile", "bom", "delimiter", "lineEnding", "formulas");

    /**
     * The options of formats that were asked for.
     *
     * @param csv null without {@code options.csv}
     * @param json null without {@code options.json}
     * @param headers null without {@code options.headers}
     */
    record Options(
            @Nullable Csv csv,
            @Nullable Json json,
            @Nullable String headers) {}

    /** The CSV options that were asked for. */
    record Csv(
            @Nullable String profile,
            @Nullable Boolean bom,
            @Nullable String delimiter,
            @Nullable String lineEnding,
            @Nullable String formulas) {}

    /** The JSON options that were asked for. */
    record Json(@Nullable Long indent) {}

    /**
     * What is wished beside the archive itself.
     *
     * @param maxAge how old an export may be that answers instead of a new one; null for never
     * @param webhook that is told
     * @param email addresses that are told; null for none
     * @param deliver the place that the archive is taken to
     */
    record Wishes(
            @Nullable Duration maxAge,
            @Nullable String webhook,
            @Nullable List<String> email,
            @Nullable String deliver) {
        static final Wishes NONE = new Wishes(null, null, null, null);
    }

    /** As {@link Wishes} has it. */
    @Nullable Duration maxAge() {
        return wishes.maxAge;
    }

    /** Reads the shape; ends the request with every fault that there is. */
    static StartRequest of(@Nullable Object body) {
        Faults faults = new Faults();
        StartRequest request = null;
        if (body instanceof Map<?, ?> map) {
            request = read(new Fields("", map, faults), faults);
        } else {
            faults.add("", "must be a JSON object");
        }
        faults.throwIfAny(ProblemType.MALFORMED_REQUEST);
        if (request == null) {
            throw new IllegalStateException("neither a request nor a fault");
        }
        return request;
    }

    private static StartRequest read(Fields fields, Faults faults) {
        fields.refuseAllBut(FIELDS);
        Fields options = fields.object("options");
        options.refuseAllBut(Set.of("csv", "json", "headers"));
        if (!fields.has("dataset")) {
            faults.add("/dataset", "is missing");
        }
        String dataset = fields.text("dataset");
        return new StartRequest(
                dataset == null ? "" : dataset,
                fields.text("format"),
                fields.map("parameters"),
                fields.texts("columns"),
                fields.text("fileName"),
                new Options(
                        options.has("csv") ? csv(options.object("csv")) : null,
                        options.has("json") ? json(options.object("json")) : null,
                        options.text("headers")),
                wishes(fields, faults));
    }

    private static Wishes wishes(Fields fields, Faults faults) {
        Fields notify = fields.object("notify");
        notify.refuseAllBut(Set.of("webhook", "email"));
        return new Wishes(
                maxAge(fields, faults), notify.text("webhook"), notify.texts("email"), fields.text("deliver"));
    }

    private static @Nullable Duration maxAge(Fields fields, Faults faults) {
        String text = fields.text("maxAge");
        if (text == null) {
            return null;
        }
        Optional<Duration> age =
                Durations.parse(text).filter(time -> !time.isNegative() && time.compareTo(LONGEST_AGE) <= 0);
        if (age.isEmpty()) {
            faults.add(
                    "/maxAge", "must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT5M");
        }
        return age.orElse(null);
    }

    private static Csv csv(Fields csv) {
        csv.refuseAllBut(CSV_FIELDS);
        return new Csv(
                csv.text("profile"),
                csv.flag("bom"),
                csv.text("delimiter"),
                csv.text("lineEnding"),
                csv.text("formulas"));
    }

    private static Json json(Fields json) {
        json.refuseAllBut(Set.of("indent"));
        return new Json(json.width("indent"));
    }

    /**
     * The fields of one object, taken by type. What is there and of another type, null too, is a fault and then as good
     * as left out.
     */
    private record Fields(String at, Map<?, ?> map, Faults faults) {
        boolean has(String name) {
            return map.containsKey(name);
        }

        void refuseAllBut(Set<String> known) {
            for (Object name : map.keySet()) {
                if (!known.contains(name)) {
                    faults.add(at + Faults.pointer(name), "is not a field of a start");
                }
            }
        }

        @Nullable String text(String name) {
            if (map.get(name) instanceof String text) {
                return text;
            }
            wrong(name, "must be a string");
            return null;
        }

        @Nullable Boolean flag(String name) {
            if (map.get(name) instanceof Boolean flag) {
                return flag;
            }
            wrong(name, "must be true or false");
            return null;
        }

        /** A whole number, or {@code true} for the usual two and {@code false} for none. */
        @Nullable Long width(String name) {
            Object found = map.get(name);
            if (found instanceof Boolean flag) {
                return flag ? 2L : 0L;
            }
            if (found instanceof Long number) {
                return number;
            }
            wrong(name, "must be a whole number, true or false");
            return null;
        }

        /** The fields of the object of that name; none where there is no such object. */
        Fields object(String name) {
            return new Fields(at + Faults.pointer(name), map(name), faults);
        }

        Map<String, @Nullable Object> map(String name) {
            if (!(map.get(name) instanceof Map<?, ?> found)) {
                wrong(name, "must be an object");
                return Map.of();
            }
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            found.forEach((key, value) -> copy.put(String.valueOf(key), value));
            return Collections.unmodifiableMap(copy);
        }

        @Nullable List<String> texts(String name) {
            if (!(map.get(name) instanceof List<?> found)) {
                wrong(name, "must be a list of strings");
                return null;
            }
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i) instanceof String text) {
                    texts.add(text);
                } else {
                    faults.add(at + Faults.pointer(name, i), "must be a string");
                }
            }
            return texts;
        }

        private void wrong(String name, String detail) {
            if (has(name)) {
                faults.add(at + Faults.pointer(name), detail);
            }
        }
    }
}
