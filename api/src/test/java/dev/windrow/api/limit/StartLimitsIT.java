package dev.windrow.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.source.SourceException;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a caller is answered who starts too much. Each test begins two days after the one before. */
class StartLimitsIT {
    private static final ApiServer RATE = ApiServer.start("--test.limits=5,,,,");
    private static final ApiServer ACTIVE = ApiServer.start("--test.limits=,2,,,");
    private static final ApiServer BOTH = ApiServer.start("--test.limits=60,2,,,");
    private static final ApiServer DAY = ApiServer.start("--test.limits=,,10,2000000000,3");
    private static final String EXPORTS = "/api/v1/exports";
    private static final String BODY = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}}";

    private ApiServer server = RATE;
    private Http http;

    @AfterAll
    static void stop() {
        RATE.stop();
        ACTIVE.stop();
        BOTH.stop();
        DAY.stop();
    }

    private void use(ApiServer used) {
        server = used;
        http = new Http(used.port());
        used.exports
                .list(ApiServer.OWNER, Exports.Filter.ALL, null, 1_000)
                .forEach(one -> used.exports.delete(one.export().id(), ApiServer.OWNER));
        used.source.reset();
        used.clock.pass(Duration.ofDays(2));
    }

    private Answer start(String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return http.send("POST", EXPORTS, BODY, all);
    }

    private static void assertLeft(Answer answer, int left, int seconds) {
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"starts\";q=5;w=60");
        assertThat(answer.header("RateLimit")).isEqualTo("\"starts\";r=" + left + ";t=" + seconds);
    }

    private void assertRefused(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }

    private int stored() {
        return server.exports
                .list(ApiServer.OWNER, Exports.Filter.ALL, null, 1_000)
                .size();
    }

    @Test
    void tellsOfEachStartWhatIsLeftAndRefusesTheNext() {
        use(RATE);
        for (int left = 4; left >= 0; left--) {
            Answer answer = start();
            assertThat(answer.status()).isEqualTo(202);
            assertLeft(answer, left, 12);
        }
        server.clock.pass(Duration.ofSeconds(2));
        Answer refused = start();
        assertRefused(refused, 429, "rate-limited");
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        assertLeft(refused, 0, 10);
        assertThat(stored()).isEqualTo(5);
        server.clock.pass(Duration.ofSeconds(10));
        assertLeft(start(), 0, 12);
        assertRefused(start(), 429, "rate-limited");
    }

    @Test
    void costsNothingToSendAStartAgain() {
        use(RATE);
        for (int i = 0; i < 4; i++) {
            start();
        }
        assertLeft(start("Idempotency-Key", "again"), 0, 12);
        Answer replayed = start("Idempotency-Key", "again");
        assertThat(replayed.status()).isEqualTo(202);
        assertThat(replayed.header("Idempotency-Replayed")).isEqualTo("true");
        assertLeft(replayed, 0, 12);
    }

    @Test
    void doesNotUseTheKeyOfARefusedStart() {
        use(RATE);
        for (int i = 0; i < 5; i++) {
            start();
        }
        assertRefused(start("Idempotency-Key", "later"), 429, "rate-limited");
        server.clock.pass(Duration.ofSeconds(12));
        Answer later = start("Idempotency-Key", "later");
        assertThat(later.status()).isEqualTo(202);
        assertThat(later.header("Idempotency-Replayed")).isNull();
    }

    @Test
    void costsNothingToBeAnsweredWithWhatIsThere() {
        use(RATE);
        start();
        server.complete(server.claim(), new byte[] {1});
        String aged = BODY.replace("{\"dataset\"", "{\"maxAge\":\"PT5M\",\"dataset\"");
        Answer answer = http.start(aged);
        assertThat(answer.status()).isEqualTo(200);
        assertLeft(answer, 4, 12);
    }

    @Test
    void costsNothingToBeWrong() {
        use(RATE);
        assertLeft(http.start("{"), 5, 0);
        assertLeft(http.start("{\"dataset\":\"nothing\"}"), 5, 0);
        Answer invalid = http.start(BODY.replace("s-1", "s-1\",\"other\":\"x"));
        assertThat(invalid.status()).isEqualTo(422);
        assertLeft(invalid, 5, 0);
        server.source.failAs(SourceException.Kind.UNAVAILABLE);
        Answer away = start();
        assertThat(away.status()).isEqualTo(503);
        assertLeft(away, 5, 0);
    }

    @Test
    void doesNotCountADryRun() {
        use(RATE);
        Answer dryRun = http.send("POST", EXPORTS + "?dryRun=true", BODY, "Content-Type", "application/json");
        assertThat(dryRun.status()).isEqualTo(200);
        assertLeft(start(), 4, 12);
    }

    @Test
    void countsARetryAsAStart() {
        use(RATE);
        String path = start().header("Location");
        http.post(path + "/cancel");
        Answer retried = http.post(path + "/retry");
        assertThat(retried.status()).isEqualTo(202);
        assertLeft(retried, 3, 12);
        Answer active = http.post(path + "/retry");
        assertThat(active.status()).isEqualTo(409);
        assertLeft(active, 3, 12);
        http.post(path + "/cancel");
        for (int i = 0; i < 3; i++) {
            start();
        }
        assertRefused(http.post(path + "/retry"), 429, "rate-limited");
        assertThat(http.get(path).json().path("state").asString()).isEqualTo("cancelled");
    }

    @Test
    void refusesOneMoreThanMayBeActive() {
        use(ACTIVE);
        start();
        String path = start().header("Location");
        Answer refused = start();
        assertRefused(refused, 429, "too-many-active-exports");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"active\";q=2");
        assertThat(refused.header("RateLimit")).matches("\"active\";r=0;t=\\d+");
        Export run = server.claim();
        assertRefused(start(), 429, "too-many-active-exports");
        server.complete(run, new byte[] {1});
        Answer started = start();
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.header("RateLimit")).isNull();
        http.post(path + "/cancel");
        start();
        assertRefused(http.post(path + "/retry"), 429, "too-many-active-exports");
        assertThat(stored()).isEqualTo(4);
    }

    @Test
    void countsNoStartThatIsRefusedForWhatIsActive() {
        use(BOTH);
        start();
        start();
        Answer refused = start();
        assertRefused(refused, 429, "too-many-active-exports");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"starts\";q=60;w=60");
        assertThat(refused.header("RateLimit")).isEqualTo("\"starts\";r=58;t=1");
    }

    @Test
    void refusesAStartWhereTheDaysRowsAreUsed() {
        use(DAY);
        String path = start().header("Location");
        server.complete(server.claim(), new byte[] {1});
        start();
        server.complete(server.claim(), new byte[] {1});
        Answer refused = start();
        assertRefused(refused, 429, "quota-exceeded");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"rows\";q=10;w=86400");
        int seconds = Integer.parseInt(refused.header("Retry-After"));
        assertThat(http.send("DELETE", path, "").status()).isEqualTo(204);
        server.clock.pass(Duration.ofSeconds(seconds - 1));
        assertRefused(start(), 429, "quota-exceeded");
        assertThat(seconds).isBetween(24 * 3600, 25 * 3600 + 1);
        server.clock.pass(Duration.ofSeconds(1));
        assertThat(start().status()).isEqualTo(202);
    }

    @Test
    void refusesStartsWhereTheQueueIsFull() {
        use(DAY);
        for (int i = 0; i < 3; i++) {
            assertThat(start().status()).isEqualTo(202);
        }
        assertRefused(start(), 503, "unavailable");
        assertThat(stored()).isEqualTo(3);
        server.claim();
        assertThat(start().status()).isEqualTo(202);
    }
}
