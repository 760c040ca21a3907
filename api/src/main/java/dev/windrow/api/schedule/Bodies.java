package dev.windrow.api.schedule;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.launch.Launches;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bodies of starts that schedules have. Safe for use by many threads. */
final class Bodies {
    private final Datasets datasets;
    private final Launches launches;

    Bodies(Datasets datasets, Launches launches) {
        this.datasets = datasets;
        this.launches = launches;
    }

    /**
     * A body with moments in the place of words.
     *
     * @param until up to when the export will have the rows, where the body says so
     */
    record Resolved(
            Map<String, @Nullable Object> body, @Nullable Instant until) {}

    /** The digest of a body, by which {@code lastRun} knows whether it goes on from that export. */
    static String digest(String start) {
        return Sha256.hex(start.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Ends the request where no export could be started by the body, neither the first time nor later, with the faults
     * where they stand in the schedule.
     */
    void check(Caller caller, Map<String, @Nullable Object> body, Timetable times, Instant now) {
        within(() -> {
            launches.check(
                    caller,
                    resolve(caller, body, new Words(now, null, times.zone())).body());
            launches.check(
                    caller,
                    resolve(caller, body, new Words(now, now, times.zone())).body());
            return body;
        });
    }

    /** The body for one time; a dataset that the caller may not know of ends it. */
    Resolved resolve(Caller caller, Map<String, @Nullable Object> body, Words words) {
        // What is of another type is left to the start, which says so.
        if (!(body.get("dataset") instanceof String name) || !(body.get("parameters") instanceof Map<?, ?> given)) {
            return new Resolved(body, null);
        }
        Dataset dataset = datasets.of(caller, name).dataset();
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        given.forEach((key, value) -> parameters.put(String.valueOf(key), value));
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>(body);
        resolved.put("parameters", words.resolve(dataset, parameters));
        return new Resolved(Collections.unmodifiableMap(resolved), words.until());
    }

    private static <T> T within(Supplier<T> check) {
        try {
            return check.get();
        } catch (ProblemException e) {
            if (e.faults().isEmpty()) {
                throw e;
            }
            throw new ProblemException(
                    e.type(),
                    "The start does not fit: " + e.detail(),
                    e.faults().stream()
                            .map(fault -> new Fault("/start" + fault.pointer(), fault.detail()))
                            .toList());
        }
    }
}
