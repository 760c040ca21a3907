package dev.windrow.testkit;

import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Http.Answer;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Starts exports and waits for them, as any client would. Thread-safe. */
public final class WindowClient {
    public static final String EXPORTS = "/api/v1/exports";
    private static final String MANY = "limit=200";
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Http http;

    /** @param url without a slash at its end */
    public WindowClient(String url) {
        http = new Http(url);
    }

    public String url() {
        return http.url();
    }

    /** @param headers names and values in turn */
    public Answer get(String path, String... headers) {
        return http.get(path, headers);
    }

    /** @param body empty for none */
    public Answer send(String method, String path, String body, String... headers) {
        return http.send(method, path, body, headers);
    }

    public Answer post(String body) {
        return send("POST", EXPORTS, body, "Content-Type", "application/json");
    }

    /** Starts an export that must be accepted, and gives its address. */
    public String start(String body) {
        Answer answer = post(body);
        if (answer.status() != 202) {
            throw new AssertionError(answer.toString());
        }
        return answer.header("Location");
    }

    /** The export, once it has that state; a final state of another name ends the wait at once. */
    public JsonNode awaitState(String export, String state, String... headers) {
        List<String> over = List.of("completed", "failed", "cancelled", "expired");
        JsonNode seen = await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(export, headers).json(), json -> {
                    String found = json.path("state").asString();
                    return found.equals(state) || over.contains(found);
                });
        if (!seen.path("state").asString().equals(state)) {
            throw new AssertionError("not " + state + ": " + seen);
        }
        return seen;
    }

    /** Starts an export, and gives it completed. */
    public JsonNode complete(String body) {
        return awaitState(start(body), "completed");
    }

    /** The newest that the caller has. */
    public List<JsonNode> exports() {
        return exports(MANY);
    }

    /** @param query which of them */
    public List<JsonNode> exports(String query, String... headers) {
        return get(EXPORTS + "?" + query, headers)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    /** As many as {@link #exports()} gives. */
    public void deleteExports() {
        deleteExports(MANY);
    }

    /** @param query which of them */
    public void deleteExports(String query, String... headers) {
        exports(query, headers)
                .forEach(one -> send("DELETE", one.at("/links/self").asString(), "", headers));
    }

    public byte[] archive(JsonNode export) {
        Answer file = get(export.at("/file/url").asString());
        if (file.status() != 200) {
            throw new AssertionError(file.toString());
        }
        return file.bytes();
    }
}
