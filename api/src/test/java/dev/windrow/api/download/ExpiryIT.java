package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiryIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private final String path = http.start("{\"dataset\":\"notes\"}").header("Location");
    private final Export run = server.claim();

    ExpiryIT() {
        server.complete(run, new byte[] {1, 2, 3});
    }

    @Test
    void givesAFileUntilTheVeryMomentOfItsEndThoughNoSweepRuns() {
        server.clock.pass(Duration.ofDays(7).minusMillis(1));
        assertThat(http.get(path + "/file").bytes()).containsExactly(1, 2, 3);
        server.clock.pass(Duration.ofMillis(1));
        showsThatItHasExpired();
    }

    @Test
    void keepsTheRecordOfWhatHasExpired() {
        server.clock.pass(Duration.ofDays(7));
        server.retention.expire(server.clock.instant(), run.times().created().minusSeconds(1));
        server.retention.removed(run.lastClaim());
        showsThatItHasExpired();
    }

    private void showsThatItHasExpired() {
        for (String file : new String[] {"/file", "/file.sha256", "/blocks"}) {
            Answer answer = http.get(path + file);
            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.type()).isEqualTo("/problems/expired");
        }
        Answer export = http.get(path);
        assertThat(export.json().path("state").asString()).isEqualTo("expired");
        assertThat(export.json().path("file").isNull()).isTrue();
        assertThat(export.json().path("error").isNull()).isTrue();
        assertThat(export.json().at("/progress/percent").asDouble()).isEqualTo(100);
        assertThat(export.json().path("expiresAt").asString()).isEqualTo("2026-01-08T00:00:00Z");
        assertThat(export.json().path("links").propertyNames()).containsExactly("self", "retry");
    }

    @Test
    void refusesADamagedFileAndSaysWhy() {
        server.retention.condemn(
                run.lastClaim(), new Failure(FailureCode.INTERNAL, "It was damaged."), server.clock.instant());
        Answer answer = http.get(path + "/file");
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.json().path("detail").asString()).isEqualTo("It was damaged.");
        Answer export = http.get(path);
        assertThat(export.json().path("state").asString()).isEqualTo("expired");
        assertThat(export.json().at("/error/type").asString()).isEqualTo("/problems/internal");
        assertThat(http.post(path + "/retry").json().path("error").isNull()).isTrue();
    }
}
