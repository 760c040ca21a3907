package dev.windrow.cli.crash;

import java.io.IOException;
import java.io.InputStream;
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
import tools.jackson.databind.json.JsonMapper;

/** The public API of a server that may be gone at any moment: each call is one try, with no patience. Thread-safe. */
final class Api {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EXPORTS = "api/v1/exports";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI base;

    Api(int port) {
        base = URI.create("http://127.0.0.1:" + port + "/");
    }

    boolean isReady() throws InterruptedException {
        try {
            return http.send(get("actuator/health/readiness"), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts an export of the sample's readings and returns its id. */
    String start() throws IOException, InterruptedException, FailedTrialException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(EXPORTS))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"dataset\":\"sensor-readings\",\"format\":\"csv\",\"parameters\":{\"sensor_id\":\"load\"}}"))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new FailedTrialException("The start was answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).path("id").asString();
    }

    /** One poll; empty when nobody answers, or not with an export. */
    Optional<Look> look(String id) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(get(EXPORTS + "/" + id), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(Look.of(JSON.readTree(answer.body()))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The SHA-256 of the archive as it is downloaded, in hexadecimal digits. */
    String digestOfDownload(String id) throws IOException, InterruptedException, FailedTrialException {
        HttpResponse<InputStream> answer = http.send(get(EXPORTS + "/" + id + "/file"), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new FailedTrialException("The download was answered " + answer.statusCode());
            }
            MessageDigest digest = sha256();
            byte[] buffer = new byte[1 << 16];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
