package dev.windrow.api.schedule;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.Faults;
import dev.windrow.common.schedule.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is asked for. What its start says is not yet compared with any dataset.
 *
 * @param name null where it was left out
 * @param start the body of a start
 */
record ScheduleRequest(@Nullable String name, Schedule.Plan plan, Map<String, @Nullable Object> start) {
    private static final JsonAnswers JSON = new JsonAnswers();
    private static final Set<String> FIELDS = Set.of("name", "cron", "zone", "start", "keep", "paused");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
    private static final long MOST_KEPT = 1000;

    /** Whether a schedule may have that name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Reads a body; ends the request with every fault of its shape, or else with every value that does not fit.
     *
     * @param path the name in the request's path; null where it has none, and the body must have it
     */
    static ScheduleRequest of(@Nullable Object body, @Nullable String path) {
        Faults faults = new Faults();
        if (!(body instanceof Map<?, ?> map)) {
            faults.add("", "must be a JSON object");
            faults.throwIfAny(ProblemType.MALFORMED_REQUEST);
            throw new IllegalStateException("a fault that ended nothing");
        }
        Fields fields = new Fields(map, faults);
        fields.refuseOthers();
        for (String needed : path == null ? List.of("name", "cron", "start") : List.of("cron", "start")) {
            if (!map.containsKey(needed)) {
                faults.add(Faults.pointer(needed), "is missing");
            }
        }
        String name = fields.text("name", path == null ? "" : path);
        String cron = fields.text("cron", "");
        String zone = fields.text("zone", "UTC");
        Map<String, @Nullable Object> start = fields.map("start");
        Long keep = fields.number("keep");
        boolean paused = fields.flag("paused");
        faults.throwIfAny(ProblemType.MALFORMED_REQUEST);

        checkName(name, path, faults);
        check("cron", cron, Timetable::cron, faults);
        check("zone", zone, Timetable::zone, faults);
        if (keep != null && (keep < 1 || keep > MOST_KEPT)) {
            faults.add("/keep", "must be from 1 to " + MOST_KEPT);
        }
        if (start.containsKey("maxAge")) {
            faults.add("/start/maxAge", "has no use in a schedule: each of its times is an export of its own");
        }
        faults.throwIfAny(ProblemType.INVALID_PARAMETERS);
        String dataset = start.get("dataset") instanceof String text ? text : "";
        String written = new String(JSON.write(start), StandardCharsets.UTF_8);
        Integer kept = keep == null ? null : keep.intValue();
        return new ScheduleRequest(name, new Schedule.Plan(dataset, cron, zone, written, kept, paused), start);
    }

    private static void checkName(String name, @Nullable String path, Faults faults) {
        if (path != null && !path.equals(name)) {
            faults.add("/name", "must be the name in the path, or be left out: a schedule keeps its name");
        } else if (!isName(name)) {
            faults.add("/name", "must have 1 to 64 letters, digits, dots, - and _, and begin with no dot");
        }
    }

    private static void check(String field, String text, Function<String, ?> read, Faults faults) {
        try {
            var unused = read.apply(text);
        } catch (IllegalArgumentException e) {
            faults.add(Faults.pointer(field), String.valueOf(e.getMessage()));
        }
    }

    /** The fields by type; what is of another type, null too but where nothing is a value, is a fault. */
    private record Fields(Map<?, ?> map, Faults faults) {
        void refuseOthers() {
            for (Object name : map.keySet()) {
                if (!FIELDS.contains(String.valueOf(name))) {
                    faults.add(Faults.pointer(name), "is not a field of a schedule");
                }
            }
        }

        String text(String name, String usual) {
            return map.get(name) instanceof String text ? text : wrong(name, "must be a string", usual);
        }

        boolean flag(String name) {
            return map.get(name) instanceof Boolean flag ? flag : wrong(name, "must be true or false", false);
        }

        @Nullable Long number(String name) {
            Object found = map.get(name);
            if (found == null || found instanceof Long) {
                return (Long) found;
            }
            faults.add(Faults.pointer(name), "must be a whole number, or null");
            return null;
        }

        Map<String, @Nullable Object> map(String name) {
            if (!(map.get(name) instanceof Map<?, ?> found)) {
                return wrong(name, "must be an object: the body of a start", Map.of());
            }
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            found.forEach((key, value) -> copy.put(String.valueOf(key), value));
            return Collections.unmodifiableMap(copy);
        }

        private <T> T wrong(String name, String detail, T usual) {
            if (map.containsKey(name)) {
                faults.add(Faults.pointer(name), detail);
            }
            return usual;
        }
    }
}
