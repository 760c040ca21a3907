package dev.windrow.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a server by its public API. Safe for use by many threads. */
final class Client {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ACCEPTED = 202;

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Client(String base) {
        this.base = base;
    }

    /**
     * A completed export.
     *
     * @param firstRowMillis from its creation until its first batch was read
     */
    record Done(long bytes, long firstRowMillis, Instant createdAt, Instant finishedAt) {}

    void awaitReady(Process process) throws IOException {
        HttpRequest ready = request("/actuator/health/readiness").build();
        while (true) {
            if (!process.isAlive()) {
                throw new IOException("the server ended with " + process.exitValue());
            }
            try {
                if (send(ready).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Wait.millis(5);
        }
    }

    /** Starts an export and gives its id. */
    String start(String body) throws IOException {
        HttpResponse<String> answer = send(request("/api/v1/exports")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() != ACCEPTED) {
            throw new IOException("a start was answered " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body()).get("id").asString();
    }

    /** Waits until the export is completed. */
    Done await(String id) throws IOException {
        HttpRequest status = request("/api/v1/exports/" + id)
                .header("Prefer", "wait=30")
                .timeout(Duration.ofMinutes(5))
                .build();
        while (true) {
            HttpResponse<String> answer = send(status);
            JsonNode export = JSON.readTree(answer.body());
            if (export.get("state").asString().equals("completed")) {
                return new Done(
                        export.get("file").get("bytes").asLong(),
                        Duration.between(time(export, "createdAt"), time(export, "asOf"))
                                .toMillis(),
                        time(export, "createdAt"),
                        time(export, "finishedAt"));
            }
            if (!export.get("state").asString().matches("queued|running")) {
                throw new IOException("the export ended otherwise: " + answer.body());
            }
        }
    }

    private static Instant time(JsonNode export, String name) {
        return Instant.parse(export.get(name).asString());
    }

    /** Asks for something and gives the answer's status; 0 where none came. */
    int status(String path) throws IOException {
        try {
            return send(request(path).timeout(Duration.ofSeconds(30)).build()).statusCode();
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return 0;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
