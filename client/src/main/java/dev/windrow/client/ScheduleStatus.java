package dev.windrow.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schedule as the server last told it.
 *
 * @param cron six fields, or a macro
 * @param next when it is due, as the server wrote it; null for one that is paused
 * @param last what came of the time before; null where there was none
 */
public record ScheduleStatus(
        String name,
        String cron,
        String zone,
        boolean paused,
        @Nullable String next,
        @Nullable Last last) {
    /**
     * What came of a time.
     *
     * @param outcome {@code started}, {@code active} or {@code refused}; servers may know more of them than this client
     * @param state of its export; null where it has none
     * @param error why nothing was started; null where something was
     */
    public record Last(
            String dueAt,
            String outcome,
            @Nullable String state,
            @Nullable Problem error) {}

    public ScheduleStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(cron, "cron");
        Objects.requireNonNull(zone, "zone");
    }

    /** @throws IllegalArgumentException if it is not a schedule as the API has it */
    static ScheduleStatus of(JsonNode json) {
        String name = text(json, "name");
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("not a schedule: " + json.getNodeType());
        }
        JsonNode last = json.path("last");
        return new ScheduleStatus(
                name,
                Problem.plain(json.path("cron").asString("")),
                Problem.plain(json.path("zone").asString("")),
                json.path("paused").asBoolean(false),
                text(json, "next"),
                last.isObject() ? last(last) : null);
    }

    private static Last last(JsonNode json) {
        JsonNode error = json.path("error");
        return new Last(
                Problem.plain(json.path("dueAt").asString("")),
                Problem.plain(json.path("outcome").asString("")),
                text(json, "state"),
                error.isObject() ? Problem.of(error) : null);
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.path(name).isString() ? Problem.plain(json.path(name).asString()) : null;
    }
}
