package dev.windrow.api.access.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GateIT {
    private static final String EXPORTS = "/api/v1/exports";
    private static final String START = "{\"dataset\":\"notes\"}";
    private static final ApiServer SERVER = ApiServer.start("--test.entrance=BY_CREDENTIALS");

    private final Http http = new Http(SERVER.port());

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void letsACallerToWhatIsTheirsAlone() {
        Answer started = start("shop:export");
        assertThat(started.status()).isEqualTo(202);
        String export = started.header("Location");
        assertThat(http.get(export, as("shop:read")).status()).isEqualTo(200);
        assertThat(http.get(export, as("other:export")).status()).isEqualTo(404);
        assertThat(http.get(export).status()).isEqualTo(401);
    }

    /** Its body is waited for, so that it comes to its route by a second dispatch. */
    @Test
    void letsNobodyInByABodyThatWasWaitedFor() throws IOException {
        String head = "Content-Type: application/json";
        assertThat(slowStart(head)).startsWith("HTTP/1.1 401");
        assertThat(slowStart(head, "Authorization: Bearer shop:read")).startsWith("HTTP/1.1 403");
        assertThat(slowStart(head, "Authorization: Bearer shop:export")).startsWith("HTTP/1.1 202");
    }

    private static String slowStart(String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Content-Length: " + START.length());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String head = "POST " + EXPORTS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + String.join("\r\n", lines) + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(START.charAt(0));
            out.flush();
            // Asked for after it, and answered: what there is of the body has been looked at.
            new Http(SERVER.port()).get("/v3/api-docs");
            try {
                out.write(START.substring(1).getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } catch (IOException refused) {
                // The answer is there to be read all the same.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void saysWhatIsMissing() {
        Answer none = http.get(EXPORTS);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.type()).isEqualTo("/problems/not-authenticated");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"windrow\"");
        assertThat(none.header("Cache-Control")).isEqualTo("no-store");
        assertThat(none.response().headers().allValues("X-Content-Type-Options"))
                .containsExactly("nosniff");
        assertThat(none.header("X-Frame-Options")).isNull();
        assertThat(none.header("Set-Cookie")).isNull();

        Answer gone = http.get(EXPORTS, as("gone:export"));
        assertThat(gone.status()).isEqualTo(401);
        assertThat(gone.json().path("detail").asString()).isEqualTo("These are gone.");
        assertThat(gone.header("WWW-Authenticate")).contains("error=\"invalid_token\"");

        Answer role = start("shop:read");
        assertThat(role.status()).isEqualTo(403);
        assertThat(role.type()).isEqualTo("/problems/forbidden");
        assertThat(role.json().path("detail").asString()).contains("the role export");
        assertThat(http.get("/api/v1/audit", as("shop:export,mint")).status()).isEqualTo(403);
        assertThat(http.get("/api/v1/me", as("shop:accounting"))
                        .json()
                        .path("roles")
                        .toString())
                .isEqualTo("[\"accounting\"]");
        assertThat(http.get(EXPORTS, as("shop:accounting")).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic c2hvcA==", "Bearer", "Bearer ", "shop:export", "Bearershop:export", "Bearer unknown"})
    void readsNoOtherCredentials(String value) {
        assertThat(http.get(EXPORTS, "Authorization", value).status()).isEqualTo(401);
        assertThat(http.get(EXPORTS + "?access_token=shop:export").status()).isEqualTo(401);
        assertThat(http.get(EXPORTS, "Cookie", "Authorization=shop:export").status())
                .isEqualTo(401);
    }

    @Test
    void readsNoneOfTwo() throws IOException {
        String one = "Authorization: Bearer shop:export";
        assertThat(Wire.ask(SERVER.port(), "GET", EXPORTS, one)).startsWith("HTTP/1.1 200");
        assertThat(Wire.ask(SERVER.port(), "GET", EXPORTS, one, one)).startsWith("HTTP/1.1 401");
    }

    /** Paths that one reader could take for an open route and another for a closed one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/exports",
                "/api/v1/exports/",
                "/api/v1/exports;x=y",
                "/api;x/v1/exports",
                "/api/v1/%65xports",
                "/api%2Fv1/exports",
                "/d/../api/v1/exports",
                "/d/%2e%2e/api/v1/exports",
                "/page/..;/api/v1/exports",
                "/page/x/..%2f..%2fapi/v1/exports",
                "/windrow.js/../api/v1/exports",
                "/API/v1/exports",
                "/api/v1/exports%00",
                "/api/v1/exports%0a",
                "/actuator/health/../../api/v1/exports",
                "/nope"
            })
    void leavesNothingOpenByTheWayInWhichAPathIsWritten(String path) throws IOException {
        assertThat(Wire.ask(SERVER.port(), "GET", path))
                .as(path)
                .matches("(?s)HTTP/1\\.1 (400|401|404) .*")
                .doesNotContain("\"items\"");
    }

    @Test
    void takesEveryNameOfAFile() throws IOException {
        String export = start("shop:export").header("Location");
        for (String name : List.of("a%2Fb.csv", "a%25b", "a;b", "a%3Bb", "%E2%82%AC", "a//b")) {
            String answer =
                    Wire.ask(SERVER.port(), "GET", export + "/entries/" + name, "Authorization: Bearer shop:export");
            // Which is to say: the export is not finished.
            assertThat(answer).as(name).startsWith("HTTP/1.1 409");
        }
    }

    @Test
    void asksForNothingWhereNothingIsNeeded() {
        for (String path : List.of("/", "/windrow.js", "/v3/api-docs")) {
            assertThat(http.get(path).status()).as(path).isEqualTo(200);
            assertThat(http.get(path, as("gone:export")).status()).as(path).isEqualTo(200);
        }
        assertThat(http.get("/d/x/y.zip").status()).isEqualTo(404);
    }

    @Test
    void saysWhichMethodsThereAreToWhoMayKnow() {
        assertThat(http.send("PUT", EXPORTS, "").status()).isEqualTo(401);
        Answer put = http.send("PUT", EXPORTS, "", as("shop:export"));
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.header("Allow")).isEqualTo("GET, HEAD, POST");
        assertThat(http.get("/nope", as("shop:export")).status()).isEqualTo(404);
        assertThat(http.send("OPTIONS", EXPORTS, "").status()).isEqualTo(401);
        assertThat(http.send("OPTIONS", EXPORTS, "", as("shop:mint")).status()).isEqualTo(200);
    }

    @Test
    void lateAnswersAreForWhoAskedForThem() {
        String export = start("shop:export").header("Location");
        Answer held = http.get(export, "Authorization", "Bearer shop:export", "Prefer", "wait=1", "If-None-Match", "*");
        assertThat(held.status()).isIn(200, 304);
        assertThat(http.get(export + "/events", as("other:export")).status()).isEqualTo(404);
    }

    @Test
    void preflightsNeedNoCredentials() throws IOException {
        String answer = Wire.ask(
                SERVER.port(),
                "OPTIONS",
                EXPORTS,
                "Origin: https://shop.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("Access-Control-Allow-Headers: authorization");
        assertThat(Wire.ask(SERVER.port(), "GET", EXPORTS, "Origin: https://shop.example"))
                .startsWith("HTTP/1.1 401")
                .contains("Access-Control-Allow-Origin: https://shop.example");
    }

    @Test
    void turnsAwayWhoGuessesAndNobodyElse() {
        SERVER.clock.pass(Duration.ofMinutes(2));
        for (int i = 0; i < FailedAttempts.MOST; i++) {
            assertThat(http.get(EXPORTS, as("guess")).status()).isEqualTo(401);
        }
        Answer over = http.get(EXPORTS, as("guess"));
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.type()).isEqualTo("/problems/rate-limited");
        assertThat(over.header("Retry-After")).isEqualTo("60");
        assertThat(over.header("RateLimit-Policy")).isEqualTo("\"refused-credentials\";q=20;w=60");
        assertThat(over.header("RateLimit")).isEqualTo("\"refused-credentials\";r=0;t=60");
        assertThat(http.get(EXPORTS, as("shop:export")).status()).isEqualTo(200);
        assertThat(http.get(EXPORTS).status()).as("no credentials are no guess").isEqualTo(401);
        SERVER.clock.pass(Duration.ofMinutes(1));
        assertThat(http.get(EXPORTS, as("guess")).status()).isEqualTo(401);
    }

    @Test
    void countsNoCredentialsThatHaveEnded() {
        SERVER.clock.pass(Duration.ofMinutes(2));
        for (int i = 0; i <= FailedAttempts.MOST; i++) {
            assertThat(http.get(EXPORTS, as("ended:export")).status()).isEqualTo(401);
        }
    }

    @Test
    void tellsTheAuditWhomARoleKeptOutWithABodyOrWithout() {
        assertThat(start("kept-out:read").status()).isEqualTo(403);
        assertThat(http.get("/api/v1/audit", as("kept-out:read")).status()).isEqualTo(403);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> http.get("/api/v1/audit?principal=kept-out&action=refusal", as("root:admin"))
                                .json()
                                .path("items")
                                .size()
                        == 2);
    }

    @Test
    void tellsTheAuditWhichDatasetWasWithheld() {
        SERVER.clock.pass(Duration.ofMinutes(2));
        String start = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}}";
        String[] notes = as("curious:export@notes");
        Answer started =
                http.send("POST", EXPORTS, start, "Content-Type", "application/json", "Authorization", notes[1]);
        assertThat(started.status()).isEqualTo(404);
        assertThat(http.get("/api/v1/datasets/sensor-readings", notes).status()).isEqualTo(404);
        assertThat(http.get("/api/v1/datasets/never", notes).status()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> http.get("/api/v1/audit?principal=curious", as("root:admin"))
                                .json()
                                .path("items")
                                .valueStream()
                                .filter(row -> row.path("dataset").asString("").equals("sensor-readings"))
                                .count()
                        == 2);
    }

    private Answer start(String words) {
        return http.send(
                "POST", EXPORTS, START, "Content-Type", "application/json", "Authorization", "Bearer " + words);
    }

    private static String[] as(String words) {
        return new String[] {"Authorization", "Bearer " + words};
    }
}
