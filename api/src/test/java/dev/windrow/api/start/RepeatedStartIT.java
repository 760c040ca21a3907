package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.source.SourceException;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts with an {@code Idempotency-Key}, and those that may be answered by what is there. */
class RepeatedStartIT {
    private static final String BODY =
            "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5}}";

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @Test
    void answersASecondTimeWithTheSameExport() {
        Answer first = start("k-1", BODY);
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        server.complete(server.claim(), new byte[] {1});
        server.source.failAs(SourceException.Kind.UNAVAILABLE);

        Answer second = start("k-1", BODY);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.json().path("state").asString()).isEqualTo("completed");
        assertThat(stored()).hasSize(1);
        assertThat(server.rings).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " { \"parameters\" : {\"factor\":15e-1, \"sensor_id\":\"s-1\"}, \"dataset\":\"sensor-readings\" } ",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"\\u0073-1\",\"factor\":1.50,\"start_ts\":0}}",
                "{\"dataset\":\"sensor-readings\",\"format\":\"csv\",\"fileName\":\"sensor-readings.zip\","
                        + "\"columns\":[\"timestamp_ms\",\"value\",\"quality\"],\"options\":{\"csv\":{\"bom\":false,\"profile\":\"machine\"},\"headers\":\"names\"},"
                        + "\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5}}"
            })
    void knowsABodyThatMeansTheSame(String body) {
        start("k-1", BODY);
        assertThat(start("k-1", body).header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(stored()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"dataset\":\"notes\"}",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.6}}",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5},\"fileName\":\"x\"}",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5},\"maxAge\":\"PT0S\"}",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5},\"format\":\"json\"}",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5},"
                        + "\"options\":{\"csv\":{\"bom\":true}}}",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5},"
                        + "\"options\":{\"headers\":\"titles\"}}",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5},"
                        + "\"options\":{\"csv\":{\"profile\":\"spreadsheet\",\"bom\":false,\"formulas\":\"raw\"}}}",
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"factor\":1.5},"
                        + "\"columns\":[\"value\",\"timestamp_ms\",\"quality\"]}"
            })
    void refusesAnotherBodyUnderTheKey(String body) {
        start("k-1", BODY);
        Answer answer = start("k-1", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.type()).isEqualTo("/problems/idempotency-key-reused");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void takesTheKeyQuotedOrBare() {
        start("a\"b", BODY);
        assertThat(start("\"a\\\"b\"", BODY).header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(start("a-b", BODY).header("Idempotency-Replayed")).isNull();
        assertThat(start("x".repeat(255), BODY).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "a b", "\"a b\"", "\"a", "\"a\\b\"", "\"a\"b\""})
    void refusesWhatIsNoKey(String key) {
        Answer answer = start(key, BODY);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("/problems/malformed-request");
        assertThat(stored()).isEmpty();
    }

    @Test
    void refusesAKeyThatIsTooLongOrGivenTwice() {
        assertThat(start("x".repeat(256), BODY).status()).isEqualTo(400);
        assertThat(post(BODY, "Idempotency-Key", "a", "Idempotency-Key", "a").status())
                .isEqualTo(400);
    }

    @Test
    void refusesAKeyThatIsNotAscii() throws IOException {
        String answer = Wire.send(
                server.port(),
                "POST /api/v1/exports HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Idempotency-Key: k\u00fc\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY);
        assertThat(Wire.status(answer)).isEqualTo(400);
    }

    @Test
    void doesNotUseUpTheKeyOfARefusedStart() {
        assertThat(start("k-1", "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"x\"}}")
                        .status())
                .isEqualTo(404);
        server.source.failAs(SourceException.Kind.UNAVAILABLE);
        assertThat(start("k-1", BODY).status()).isEqualTo(503);
        server.source.failAs(null);
        Answer answer = start("k-1", BODY);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Idempotency-Replayed")).isNull();
    }

    @Test
    void freesTheKeyAfterADay() {
        start("k-1", BODY);
        server.clock.pass(Duration.ofHours(24).minusMillis(1));
        assertThat(start("k-1", BODY).header("Idempotency-Replayed")).isEqualTo("true");
        server.clock.pass(Duration.ofMillis(1));
        assertThat(start("k-1", "{\"dataset\":\"notes\"}").status()).isEqualTo(202);
        assertThat(stored()).hasSize(2);
    }

    @Test
    void refusesASecondRequestWhileTheFirstIsBeingAnswered() throws InterruptedException {
        CountDownLatch arrived = server.source.hold();
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> start("k-1", BODY));
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        Answer second = start("k-1", BODY);
        server.source.letGo();
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.type()).isEqualTo("/problems/idempotency-key-in-use");
        assertThat(second.header("Retry-After")).isEqualTo("1");
        assertThat(first.join().status()).isEqualTo(202);
        assertThat(start("k-1", BODY).header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void answersWithARecentExportOfTheSame() {
        String location = http.start(BODY).header("Location");
        Answer active = http.start(aged("PT5M"));
        assertThat(active.status()).isEqualTo(202);
        http.send("DELETE", active.header("Location"), "");
        server.complete(server.claim(), new byte[] {1});
        server.clock.pass(Duration.ofMinutes(5));
        server.rings.clear();

        Answer recent = http.start(aged("PT5M"));

        assertThat(recent.status()).isEqualTo(200);
        assertThat(recent.text()).isEqualTo(http.get(location).text());
        assertThat(recent.header("Content-Location")).isEqualTo(location);
        assertThat(server.rings).isEmpty();
        assertThat(http.start(aged("PT4M59S")).status()).isEqualTo(202);
        assertThat(http.start(aged("PT5M").replace("s-1", "s-2")).status()).isEqualTo(202);
        assertThat(http.start(aged("PT5M").replace("{\"data", "{\"columns\":[\"value\"],\"data"))
                        .status())
                .isEqualTo(202);
        assertThat(http.start(aged("PT5M").replace("{\"data", "{\"options\":{\"headers\":\"titles\"},\"data"))
                        .status())
                .isEqualTo(202);
        assertThat(http.start(aged("PT5M").replace("{\"data", "{\"options\":{\"headers\":\"names\"},\"data"))
                        .status())
                .isEqualTo(200);
        assertThat(http.start(aged("PT5M").replace("{\"data", "{\"fileName\":\"other\",\"data"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void doesNotAnswerWithAnExpiredExport() {
        http.start(BODY);
        server.complete(server.claim(), new byte[] {1});
        server.clock.pass(Duration.ofDays(7));
        assertThat(http.start(aged("P30D")).status()).isEqualTo(202);
    }

    private static String aged(String maxAge) {
        return BODY.replaceFirst("\\}$", ",\"maxAge\":\"" + maxAge + "\"}");
    }

    private Answer start(String key, String body) {
        return post(body, "Idempotency-Key", key);
    }

    private Answer post(String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return http.send("POST", "/api/v1/exports", body.getBytes(StandardCharsets.UTF_8), all);
    }

    private List<Export> stored() {
        return server.exports.list(ApiServer.OWNER, Exports.Filter.ALL, null, 100).stream()
                .map(Exports.Listed::export)
                .toList();
    }
}
