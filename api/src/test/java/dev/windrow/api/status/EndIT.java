package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private final String path = http.start("{\"dataset\":\"notes\"}").header("Location");

    @Test
    void cancelsAnExportThatWaits() {
        Answer answer = http.post(path + "/cancel");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("state").asString()).isEqualTo("cancelled");
        assertThat(answer.json().path("finishedAt").isNull()).isFalse();
        assertThat(answer.json().path("links").toString())
                .isEqualTo("{\"self\":\"" + path + "\",\"retry\":\"" + path + "/retry\"}");
    }

    @Test
    void cancelsARunSoThatItsWorkerLearnsOfIt() {
        Export run = server.claim();
        assertThat(http.post(path + "/cancel").status()).isEqualTo(202);
        assertThat(server.runs.progress(run.lastClaim(), run.progress(), server.clock.instant()))
                .isFalse();
    }

    @Test
    void saysThatItIsCancelledAlready() {
        http.post(path + "/cancel");
        Answer again = http.post(path + "/cancel");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("state").asString()).isEqualTo("cancelled");
    }

    @Test
    void cannotCancelWhatHasEndedOtherwise() {
        server.complete(server.claim(), new byte[] {1});
        Answer answer = http.post(path + "/cancel");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.type()).isEqualTo("/problems/not-active");
        assertThat(http.get(path).json().path("state").asString()).isEqualTo("completed");
    }

    @Test
    void saysThatAnExportIsExpiredAsItsStatusDoes() {
        server.complete(server.claim(), new byte[] {1});
        server.clock.pass(Duration.ofDays(8));
        assertThat(http.post(path + "/cancel").json().path("detail").asString()).isEqualTo("The export is expired.");
    }

    @Test
    void cannotCancelAFailedExport() {
        server.runs.fail(server.claim().lastClaim(), new Failure(FailureCode.INTERNAL, "x"), server.clock.instant());
        assertThat(http.post(path + "/cancel").status()).isEqualTo(409);
    }

    @Test
    void cannotCancelWhatIsNotThere() {
        assertThat(http.post("/api/v1/exports/x/cancel").status()).isEqualTo(404);
        assertThat(http.post("/api/v1/exports/01930000-0000-7000-8000-ffffffffffff/cancel")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void deletesAnExportAndItsFile() throws IOException {
        server.complete(server.claim(), new byte[] {1});
        Answer answer = http.send("DELETE", path, "");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.bytes()).isEmpty();
        assertThat(server.artifacts.keys()).isEmpty();
        assertThat(http.send("DELETE", path, "").status()).isEqualTo(404);
        assertThat(http.get(path).status()).isEqualTo(404);
        assertThat(http.get(path + "/file").status()).isEqualTo(404);
    }

    @Test
    void deletesAnExportThatRuns() {
        Export run = server.claim();
        assertThat(http.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(server.runs.progress(run.lastClaim(), run.progress(), server.clock.instant()))
                .isFalse();
    }
}
