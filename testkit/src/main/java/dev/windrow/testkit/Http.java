package dev.windrow.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server what a test says, as any program would: nothing is tried again, nothing is judged. Thread-safe. */
public final class Http {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final String url;
    private final HttpClient client;
    private final Duration timeout;

    /** A server on the loopback address. */
    public Http(int port) {
        this("http://127.0.0.1:" + port);
    }

    /** @param url without a slash at its end */
    public Http(String url) {
        this(url, CLIENT, TIMEOUT);
    }

    /** @param timeout for the beginning of an answer */
    public Http(String url, Duration timeout) {
        this(url, CLIENT, timeout);
    }

    private Http(String url, HttpClient client, Duration timeout) {
        this.url = url;
        this.client = client;
        this.timeout = timeout;
    }

    /** Over TLS, by a version of HTTP that both agree on. */
    public static Http trusting(SSLContext context, String url) {
        return new Http(url, HttpClient.newBuilder().sslContext(context).build(), TIMEOUT);
    }

    public String url() {
        return url;
    }

    /** An answer; its body as text, bytes or JSON. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        /** Null where there is none. */
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

        /** Of a problem; empty for what is none. */
        public String type() {
            return json().path("type").asString("");
        }

        @Override
        public String toString() {
            return status() + " " + response.headers().map() + "\n" + text();
        }
    }

    /** @param headers names and values in turn */
    public Answer get(String path, String... headers) {
        return send("GET", path, (byte[]) null, headers);
    }

    public Answer start(String json) {
        return send(
                "POST", "/api/v1/exports", json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    public Answer post(String path) {
        return send("POST", path, (byte[]) null);
    }

    /** @param body empty for none */
    public Answer send(String method, String path, String body, String... headers) {
        return send(method, path, body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** @param body null for none */
    public Answer send(String method, String path, byte[] body, String... headers) {
        try {
            return new Answer(client.send(request(method, path, body, headers), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public CompletableFuture<Answer> sendLater(String path, String... headers) {
        return client.sendAsync(request("GET", path, null, headers), BodyHandlers.ofByteArray())
                .thenApply(Answer::new);
    }

    /** An answer that is read while it comes. */
    public HttpResponse<InputStream> stream(String path, String... headers) {
        try {
            return client.send(request("GET", path, null, headers), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(timeout)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }
}
