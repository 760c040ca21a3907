package dev.windrow.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Calls a server as any client would. */
final class WindowClient {
    static final String EXPORTS = "/api/v1/exports";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;

    String url() {
        return url;
    }

    WindowClient(String url) {
        this.url = url;
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(90))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer post(String body) {
        return send("POST", EXPORTS, body, "Content-Type", "application/json");
    }

    /** Starts an export that must be accepted, and gives its address. */
    String start(String body) {
        Answer answer = post(body);
        if (answer.status() != 202) {
            throw new AssertionError(answer.toString());
        }
        return answer.header("Location");
    }

    /** The export, once it has that state; a final state of another name ends the wait at once. */
    JsonNode awaitState(String export, String state, String... headers) {
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
    JsonNode complete(String body) {
        return awaitState(start(body), "completed");
    }

    byte[] archive(JsonNode export) {
        Answer file = get(export.at("/file/url").asString());
        if (file.status() != 200) {
            throw new AssertionError(file.toString());
        }
        return file.body();
    }
}
