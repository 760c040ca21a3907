package dev.windrow.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the test server. */
public final class Http {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;

    public Http(ApiServer server) {
        this.port = server.port();
    }

    /** An answer; its body as text, bytes or JSON. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public byte[] bytes() {
            return response.body();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return MAPPER.readTree(response.body());
        }

        public String type() {
            return json().path("type").asString("");
        }
    }

    /** @param headers names and values in turn */
    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Answer start(String json) {
        return send(
                "POST", "/api/v1/exports", json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer send(String method, String path, byte[] body, String... headers) {
        try {
            return new Answer(CLIENT.send(request(method, path, body, headers), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public CompletableFuture<Answer> sendLater(String path, String... headers) {
        return CLIENT.sendAsync(request("GET", path, null, headers), BodyHandlers.ofByteArray())
                .thenApply(Answer::new);
    }

    /** An answer that is read while it comes. */
    public HttpResponse<InputStream> stream(String path, String... headers) {
        try {
            return CLIENT.send(request("GET", path, null, headers), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IllegalStateException("GET " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }
}
