package dev.windrow.api.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.testkit.Http;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What queued exports say that they wait for. */
class WaitingIT {
    private static final String BODY = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}}";

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    private String start() {
        return http.start(BODY).header("Location");
    }

    private JsonNode waiting(String path) {
        return http.get(path).json().at("/progress/waiting");
    }

    @Test
    void isForAWorkerWhereItIsTheNextAndElseForOthersTurns() {
        String first = start();
        String second = start();
        assertThat(waiting(first)).hasToString("{\"for\":\"worker\",\"until\":null}");
        assertThat(waiting(second)).hasToString("{\"for\":\"turn\",\"until\":null}");
        Export run = server.claim();
        assertThat(waiting(first).isNull()).isTrue();
        assertThat(waiting(second).path("for").asString()).isEqualTo("worker");
        server.complete(run, new byte[] {1});
        assertThat(waiting(first).isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"STORAGE_FULL, space", "SOURCE_UNAVAILABLE, source", "INTERNAL, back-off"})
    void isForWhatFailedUntilItIsTriedAgain(FailureCode code, String word) {
        String path = start();
        Instant later = server.clock.instant().plusSeconds(30);
        server.runs.tryAgain(server.claim().lastClaim(), new Failure(code, "Not now."), later);
        assertThat(waiting(path)).hasToString("{\"for\":\"" + word + "\",\"until\":\"2026-01-01T00:00:30Z\"}");
        server.clock.pass(Duration.ofSeconds(30));
        assertThat(waiting(path)).hasToString("{\"for\":\"worker\",\"until\":null}");
    }

    @Test
    void isTheSameInAListAndAtTheStart() {
        String first = http.start(BODY).json().at("/progress/waiting").toString();
        JsonNode second = http.start(BODY).json().at("/progress/waiting");
        JsonNode list = http.get("/api/v1/exports").json().path("items");
        assertThat(list.get(0).at("/progress/waiting")).isEqualTo(second);
        assertThat(list.get(1).at("/progress/waiting")).hasToString(first);
        assertThat(first).isNotEqualTo(second.toString());
    }
}
