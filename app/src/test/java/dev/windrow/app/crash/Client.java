package dev.windrow.app.crash;

import dev.windrow.app.history.History;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public API as a script would use it, without patience. */
final class Client {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI exports;
    private final URI readiness;
    private final History history;

    Client(int port, History history) {
        this.history = history;
        exports = URI.create("http://127.0.0.1:" + port + "/api/v1/exports");
        readiness = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
    }

    boolean isReady() {
        try {
            return send(HttpRequest.newBuilder(readiness)).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Starts an export and returns its id. */
    String start() {
        return start("");
    }

    /** @param key under which it may be sent again; empty for none */
    String start(String key) {
        HttpResponse<byte[]> answer = tryStart(key);
        if (answer.statusCode() != 202) {
            throw new AssertionError("start: " + answer.statusCode() + " " + JSON.readTree(answer.body()));
        }
        String id = JSON.readTree(answer.body()).path("id").asString();
        history.started(id);
        return id;
    }

    private HttpResponse<byte[]> tryStart(String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(exports).header("Content-Type", "application/json");
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return send(request.POST(
                BodyPublishers.ofString("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\"}}")));
    }

    JsonNode status(String id) {
        HttpResponse<byte[]> answer = send(to(id));
        if (answer.statusCode() != 200) {
            throw new AssertionError("status: " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    /** Empty when nobody answers. */
    Optional<JsonNode> look(String id) {
        try {
            return Optional.of(status(id));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    String state(String id) {
        return status(id).path("state").asString();
    }

    long rows(String id) {
        return status(id).path("progress").path("rowsWritten").asLong();
    }

    int cancel(String id) {
        return send(to(id + "/cancel").POST(BodyPublishers.noBody())).statusCode();
    }

    int fileCode(String id) {
        return send(to(id + "/file")).statusCode();
    }

    /** Waits for a final state and returns the status then. */
    JsonNode awaitEnd(String id, int seconds) {
        Awaitility.await("export " + id + " ends")
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> look(id).filter(
                                status -> isFinal(status.path("state").asString()))
                        .isPresent());
        return status(id);
    }

    /** Downloads, holds the archive against the status, and returns the digest of its data: all but the manifest. */
    String dataOf(String id) {
        byte[] archive = send(to(id + "/file")).body();
        String expected = status(id).path("file").path("sha256").asString();
        String found = HexFormat.of().formatHex(sha256().digest(archive));
        history.downloaded(id, found);
        if (!found.equals(expected)) {
            throw new AssertionError("the archive is " + found + ", its status says " + expected);
        }
        MessageDigest data = sha256();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.getName().equals("manifest.json")) {
                    data.update(zip.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(data.digest());
    }

    private static boolean isFinal(String state) {
        return !state.equals("queued") && !state.equals("running");
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(exports + "/" + path));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
