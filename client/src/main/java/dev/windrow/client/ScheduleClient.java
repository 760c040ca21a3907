package dev.windrow.client;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schedules of a server: seen, made, paused and forgotten. Each step blocks, bears with a server that is gone for a
 * while, and says in a {@link ClientException} why it gave up. For one thread.
 */
public final class ScheduleClient {
    private static final String SCHEDULES = "api/v1/schedules";

    /** More than a caller may have. */
    private static final int ALL = 100_000;

    private final Requests requests;

    /**
     * @param server an http or https address, with or without a path
     * @param apiKey sent as a bearer token, or null
     */
    public ScheduleClient(
            URI server, @Nullable String apiKey, Patience patience, Clock clock, ProgressListener listener) {
        requests = new Requests(Wire.of(server, apiKey, patience, clock, listener));
    }

    /**
     * When a schedule is due, and what becomes of its archives.
     *
     * @param zone null for the server's usual one
     * @param keep how many archives live on; null for the newest
     */
    public record Plan(
            String cron, @Nullable String zone, @Nullable Integer keep) {}

    /** The caller's schedules, by their names. */
    public List<ScheduleStatus> list() throws ClientException, InterruptedException {
        List<ScheduleStatus> all = new ArrayList<>();
        for (JsonNode item : requests.list(SCHEDULES, ALL)) {
            all.add(status(item));
        }
        return all;
    }

    /** Saves a schedule; one that is there already is a fault of the request. */
    public ScheduleStatus add(String name, Plan plan, StartRequest start) throws ClientException, InterruptedException {
        JsonNode dataset = requests.get("api/v1/datasets/" + Requests.encoded(start.dataset()));
        ObjectNode body = Json.object();
        body.put("name", name);
        body.put("cron", plan.cron());
        if (plan.zone() != null) {
            body.put("zone", plan.zone());
        }
        body.put("keep", plan.keep());
        body.set("start", RequestBody.of(start, dataset.path("parameters")));
        return status(requests.send("POST", SCHEDULES, body));
    }

    /** Makes a schedule silent, or has it go on. */
    public ScheduleStatus pause(String name, boolean paused) throws ClientException, InterruptedException {
        JsonNode now = requests.get(path(name));
        ObjectNode body = Json.object();
        for (String field : List.of("name", "cron", "zone", "start", "keep")) {
            body.set(field, now.path(field));
        }
        body.put("paused", paused);
        return status(requests.send("PUT", path(name), body));
    }

    /** Forgets a schedule. Its exports stay. */
    public void delete(String name) throws ClientException, InterruptedException {
        requests.delete(path(name));
    }

    private static ScheduleStatus status(JsonNode json) throws ClientException {
        try {
            return ScheduleStatus.of(json);
        } catch (IllegalArgumentException e) {
            throw ClientException.failed("The server did not answer as a Windrow server does");
        }
    }

    private static String path(String name) {
        return SCHEDULES + "/" + Requests.encoded(name);
    }
}
