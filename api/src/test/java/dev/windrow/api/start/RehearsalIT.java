package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.source.SourceException;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RehearsalIT {
    private static final String BODY = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}}";

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @AfterEach
    void startedNothing() {
        assertThat(server.exports.list(ApiServer.OWNER, Exports.Filter.ALL, null, 9))
                .isEmpty();
        assertThat(server.rings).isEmpty();
    }

    @Test
    void showsTheFirstTenRowsAsJsonHasThem() {
        Answer answer = rehearse(BODY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("rowsTotal").asInt()).isEqualTo(12);
        assertThat(answer.json().at("/preview/columns").toString())
                .isEqualTo("[\"timestamp_ms\",\"value\",\"quality\"]");
        assertThat(answer.text())
                .contains(
                        "\"rows\":[[1,0.1,null],[2,\"NaN\",null],[3,12.50,null],[4,true,null],[5,\"a \\\"b\\\"\",null],"
                                + "[6,\"1970-01-01\",null],[7,\"1970-01-01T00:00:00.250Z\",null],[8,{\"a\":[1]},null],"
                                + "[9,\"AQI=\",null],[10,9223372036854775807,null]]");
    }

    @Test
    void estimatesTheArchiveByItsFirstRows() {
        Answer answer = rehearse("{\"dataset\":\"notes\"}");
        assertThat(answer.json().path("estimatedBytes").asInt()).isEqualTo(1_000 + 12 * 7);
    }

    /** An export of its own answers with 200 too, where {@code maxAge} finds one. */
    @Test
    void isToldFromAnExportByItsState() {
        assertThat(rehearse("{\"dataset\":\"notes\"}").json().path("state").asString())
                .isEqualTo("dry-run");
    }

    @Test
    void showsTheColumnsThatWereChosen() {
        Answer answer = rehearse(BODY.replace("{\"data", "{\"columns\":[\"quality\",\"timestamp_ms\"],\"data"));
        assertThat(answer.json().at("/preview/columns").toString()).isEqualTo("[\"quality\",\"timestamp_ms\"]");
        assertThat(answer.json().at("/preview/rows/0").toString()).isEqualTo("[null,1]");
    }

    @Test
    void doesNotWaitForACountThatTakesLong() {
        server.source.countForEver();
        Answer answer = rehearse(BODY);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("rowsTotal").isNull()).isTrue();
        assertThat(answer.json().path("estimatedBytes").isNull()).isTrue();
        assertThat(answer.json().at("/preview/rows").size()).isEqualTo(10);
    }

    @Test
    void checksEverythingThatAStartChecks() {
        assertThat(rehearse("{\"dataset\":\"nope\"}").type()).isEqualTo("/problems/not-found");
        assertThat(rehearse("{\"dataset\":\"sensor-readings\"}").type()).isEqualTo("/problems/invalid-parameters");
        assertThat(rehearse(BODY.replace("s-1", "x")).type()).isEqualTo("/problems/subject-not-found");
        assertThat(post("?dryRun=yes", BODY).type()).isEqualTo("/problems/malformed-request");
        server.source.failAs(SourceException.Kind.UNAVAILABLE);
        assertThat(rehearse("{\"dataset\":\"notes\"}").status()).isEqualTo(503);
    }

    @Test
    void saysOfRowsThatDoNotFitWhatTheExportWouldSay() {
        for (Map.Entry<SourceException.Kind, String> told : Map.of(
                        SourceException.Kind.QUERY, "source-query-failed",
                        SourceException.Kind.ROWS_LOST, "rows-lost",
                        SourceException.Kind.VALUE, "row-unencodable")
                .entrySet()) {
            server.source.failAs(told.getKey());
            Answer answer = rehearse("{\"dataset\":\"notes\"}");
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.type()).isEqualTo("/problems/" + told.getValue());
            assertThat(answer.json().path("title").asString())
                    .isEqualTo(FailureCode.of(told.getValue()).title());
            assertThat(answer.json().path("detail").asString()).isEqualTo("the source says no");
        }
    }

    @Test
    void runsFourOfOneCallerAtOnceAndTakesThePlacesBack() throws Exception {
        CountDownLatch arrived = server.source.hold(4);
        List<CompletableFuture<Answer>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(CompletableFuture.supplyAsync(() -> rehearse(BODY), task -> new Thread(task).start()));
        }
        try {
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            Answer refused = rehearse(BODY);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.type()).isEqualTo("/problems/rate-limited");
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"dry-runs\";q=4");
            assertThat(rehearse("{\"dataset\":\"notes\"}").status()).isEqualTo(429);
            assertThat(rehearse("{\"dataset\":\"nope\"}").status()).isEqualTo(404);
            assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
        } finally {
            server.source.letGo();
        }
        for (CompletableFuture<Answer> one : running) {
            assertThat(one.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        server.source.failAs(SourceException.Kind.UNAVAILABLE);
        for (int i = 0; i < 5; i++) {
            assertThat(rehearse(BODY).status()).isEqualTo(503);
        }
    }

    private Answer rehearse(String body) {
        return post("?dryRun=true", body);
    }

    private Answer post(String query, String body) {
        return http.send(
                "POST",
                "/api/v1/exports" + query,
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json");
    }
}
