package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private final String path = http.start("{\"dataset\":\"notes\"}").header("Location");

    @Test
    void runsAFailedExportAgain() {
        Export run = server.claim();
        server.runs.fixCutoff(run.lastClaim(), new Cutoff(server.clock.instant(), List.of("9")));
        server.progress(run, 5, 10L, 50.0, 3);
        server.runs.fail(run.lastClaim(), new Failure(FailureCode.INTERNAL, "x"), server.clock.instant());
        assertThat(http.get(path).json().at("/links/retry").asString()).isEqualTo(path + "/retry");
        server.rings.clear();

        Answer answer = http.post(path + "/retry");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).isEqualTo(path);
        assertThat(answer.json().path("state").asString()).isEqualTo("queued");
        assertThat(answer.json().path("attempt").asInt()).isEqualTo(2);
        assertThat(answer.json().path("asOf").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(answer.json().path("error").isNull()).isTrue();
        assertThat(answer.json().path("finishedAt").isNull()).isTrue();
        assertThat(answer.json().at("/progress/percent").asDouble()).isEqualTo(50.0);
        assertThat(answer.json().at("/progress/rowsWritten").asInt(-1)).isZero();
        assertThat(answer.json().at("/links/retry").isMissingNode()).isTrue();
        assertThat(server.rings).containsExactly(run.id());
        assertThat(http.get(path).text()).isEqualTo(answer.text());
    }

    @Test
    void runsACancelledExportAgain() {
        http.post(path + "/cancel");
        assertThat(http.post(path + "/retry").status()).isEqualTo(202);
        assertThat(server.claim().attempt()).isEqualTo(2);
    }

    @Test
    void makesAnExpiredExportAnewAndRemovesItsFile() throws IOException {
        server.complete(server.claim(), new byte[] {1});
        server.clock.pass(Duration.ofDays(7));
        assertThat(http.get(path).json().at("/links/retry").asString()).isEqualTo(path + "/retry");
        Answer answer = http.post(path + "/retry");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().at("/progress/percent").isNull()).isTrue();
        assertThat(answer.json().path("expiresAt").isNull()).isTrue();
        assertThat(server.artifacts.keys()).isEmpty();
        server.complete(server.claim(), new byte[] {2});
        assertThat(http.get(path + "/file").bytes()).containsExactly(2);
    }

    @Test
    void retriesNothingWhereThereIsNoRoom() {
        server.left = 0;
        assertThat(http.post(path + "/retry").status()).isEqualTo(409);
        http.post(path + "/cancel");
        Answer answer = http.post(path + "/retry");
        server.left = Long.MAX_VALUE;
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.type()).isEqualTo("/problems/storage-full");
        assertThat(http.get(path).json().path("state").asString()).isEqualTo("cancelled");
        assertThat(http.post(path + "/retry").status()).isEqualTo(202);
    }

    @Test
    void refusesWhatIsActiveOrHasItsFile() {
        refuses("queued");
        Export run = server.claim();
        refuses("running");
        server.complete(run, new byte[] {1});
        refuses("completed");
        assertThat(http.get(path).json().at("/links/retry").isMissingNode()).isTrue();
    }

    private void refuses(String state) {
        Answer answer = http.post(path + "/retry");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.type()).isEqualTo("/problems/not-retryable");
        assertThat(answer.json().path("detail").asString()).startsWith("The export is " + state + ";");
    }

    @Test
    void cannotRetryWhatIsNotThere() {
        assertThat(http.post("/api/v1/exports/x/retry").status()).isEqualTo(404);
        assertThat(http.post("/api/v1/exports/01930000-0000-7000-8000-ffffffffffff/retry")
                        .status())
                .isEqualTo(404);
    }
}
