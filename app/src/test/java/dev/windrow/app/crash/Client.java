package dev.windrow.app.crash;

import dev.windrow.app.history.History;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The public API as a script would use it, without patience. */
final class Client {
    private static final String EXPORTS = "/api/v1/exports";

    private final Http http;
    private final History history;
    private final String[] credentials;

    Client(int port, History history, String... credentials) {
        http = new Http(port);
        this.history = history;
        this.credentials = credentials;
    }

    boolean isReady() {
        try {
            return http.get("/actuator/health/readiness").status() == 200;
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
        return start(key, "");
    }

    /** @param more fields of the start, each after a comma */
    String startWith(String more) {
        return start("", more);
    }

    private String start(String key, String more) {
        List<String> headers = new ArrayList<>(List.of(credentials));
        headers.addAll(List.of("Content-Type", "application/json"));
        if (!key.isEmpty()) {
            headers.addAll(List.of("Idempotency-Key", key));
        }
        String body = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\"}" + more + "}";
        Answer answer = http.send("POST", EXPORTS, body, headers.toArray(String[]::new));
        if (answer.status() != 202) {
            throw new AssertionError("start: " + answer);
        }
        String id = answer.json().path("id").asString();
        history.started(id);
        return id;
    }

    JsonNode status(String id) {
        Answer answer = http.get(to(id), credentials);
        if (answer.status() != 200) {
            throw new AssertionError("status: " + answer.status());
        }
        return answer.json();
    }

    /** Who was told of it, and where it was taken. */
    JsonNode deliveries(String id) {
        return http.get(to(id + "/deliveries"), credentials).json().path("items");
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
        return http.send("POST", to(id + "/cancel"), "", credentials).status();
    }

    int fileCode(String id) {
        return http.get(to(id + "/file"), credentials).status();
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

    /** A file of the archive as text. */
    String entry(String id, String name) {
        return http.get(to(id + "/entries/" + name), credentials).text();
    }

    /** Downloads, checks the archive against the status, and returns the digest of its data: all but the manifest. */
    String dataOf(String id) {
        byte[] archive = http.get(to(id + "/file"), credentials).bytes();
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

    private static String to(String path) {
        return EXPORTS + "/" + path;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
