package dev.windrow.client;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server has for its caller: datasets and exports, looked at, stopped and linked to. Answers are the API's own
 * JSON (docs/http-api.md), so that nothing that a newer server tells is lost. Each step blocks, bears with a server
 * that is gone for a while, and says in a {@link ClientException} why it gave up; its reason is {@code REFUSED} for
 * what the server does not have or take. For one thread.
 */
public final class ServerClient {
    private static final String DATASETS = "api/v1/datasets";

    private final Requests requests;

    /**
     * @param server an http or https address, with or without a path
     * @param apiKey sent as a bearer token, or null
     */
    public ServerClient(
            URI server, @Nullable String apiKey, Patience patience, Clock clock, ProgressListener listener) {
        requests = new Requests(Wire.of(server, apiKey, patience, clock, listener));
    }

    /**
     * Which exports of the caller to list.
     *
     * @param state as the API names it, such as {@code running}; null for all
     * @param dataset its name; null for all
     */
    public record Filter(@Nullable String state, @Nullable String dataset) {}

    /** The datasets that the caller may export, by their names. */
    public List<JsonNode> datasets() throws ClientException, InterruptedException {
        return requests.get(DATASETS).path("items").valueStream().toList();
    }

    /** One dataset, with its columns and parameters. */
    public JsonNode dataset(String name) throws ClientException, InterruptedException {
        return requests.get(DATASETS + "/" + Requests.encoded(name));
    }

    /**
     * The caller's exports, newest first.
     *
     * @param most how many at most
     */
    public List<JsonNode> exports(Filter filter, int most) throws ClientException, InterruptedException {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        if (filter.state() != null) {
            query.add("state=" + Requests.encoded(filter.state()));
        }
        if (filter.dataset() != null) {
            query.add("dataset=" + Requests.encoded(filter.dataset()));
        }
        return requests.list("api/v1/exports" + query, most);
    }

    /** One export. */
    public JsonNode export(String id) throws ClientException, InterruptedException {
        return requests.get(path(id));
    }

    /** Stops an export; what it has written is removed. */
    public JsonNode cancel(String id) throws ClientException, InterruptedException {
        return requests.post(path(id) + "/cancel");
    }

    /**
     * Makes a link to a finished archive that needs no credentials.
     *
     * @param entry the name of one of its files, or null for the archive
     * @param expiresIn how long it lasts, or null for as long as the server gives by itself
     * @return its {@code url}, and the time of its end
     */
    public JsonNode link(String id, @Nullable String entry, @Nullable Duration expiresIn)
            throws ClientException, InterruptedException {
        ObjectNode body = Json.object();
        if (entry != null) {
            body.put("entry", entry);
        }
        if (expiresIn != null) {
            body.put("expiresIn", expiresIn.toString());
        }
        return requests.send("POST", path(id) + "/links", body);
    }

    private static String path(String id) {
        return "api/v1/exports/" + Requests.encoded(id);
    }
}
