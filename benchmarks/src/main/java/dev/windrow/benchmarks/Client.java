package dev.windrow.benchmarks;

import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Speaks to a server by its public API. Safe for use by many threads. */
final class Client {
    private static final int ACCEPTED = 202;

    private final Http http;

    Client(String base) {
        this.http = new Http(base);
    }

    /**
     * A completed export.
     *
     * @param firstRowMillis from its creation until its first batch was read
     */
    record Done(long bytes, long firstRowMillis, Instant createdAt, Instant finishedAt) {}

    void awaitReady(Process process) throws IOException {
        while (true) {
            if (!process.isAlive()) {
                throw new IOException("the server ended with " + process.exitValue());
            }
            try {
                if (http.get("/actuator/health/readiness").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not listening yet.
            }
            Wait.millis(5);
        }
    }

    /** Starts an export and gives its id. */
    String start(String body) throws IOException {
        Answer answer = http.start(body);
        if (answer.status() != ACCEPTED) {
            throw new IOException("a start was answered " + answer);
        }
        return answer.json().get("id").asString();
    }

    /** The export as it is now. */
    JsonNode look(String id) {
        return http.get("/api/v1/exports/" + id).json();
    }

    /** Waits until the export is completed. */
    Done await(String id) throws IOException {
        while (true) {
            JsonNode export =
                    http.get("/api/v1/exports/" + id, "Prefer", "wait=30").json();
            if (export.get("state").asString().equals("completed")) {
                return new Done(
                        export.get("file").get("bytes").asLong(),
                        Duration.between(time(export, "createdAt"), time(export, "asOf"))
                                .toMillis(),
                        time(export, "createdAt"),
                        time(export, "finishedAt"));
            }
            if (!export.get("state").asString().matches("queued|running")) {
                throw new IOException("the export ended otherwise: " + export);
            }
        }
    }

    private static Instant time(JsonNode export, String name) {
        return Instant.parse(export.get(name).asString());
    }

    /** Asks for something and gives the answer's status; 0 where none came. */
    int status(String path) {
        try {
            return http.get(path).status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }
}
