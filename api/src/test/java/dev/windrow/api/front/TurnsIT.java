package dev.windrow.api.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that hold their threads. The test server has eight, of which two are left alone. */
@Timeout(60)
class TurnsIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @Test
    void leaveThreadsForHealthAndAreWaitedForWithoutOne() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger held = new AtomicInteger();
        server.afterFind = () -> {
            held.incrementAndGet();
            try {
                go.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        List<CompletableFuture<Answer>> looks = new ArrayList<>();
        List<CompletableFuture<Answer>> others = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                looks.add(http.sendLater("/api/v1/exports/01930000-0000-7000-8000-ffffffffffff"));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> held.get() == 6);
            for (String path : new String[] {"/api/v1/datasets", "/windrow.js", "/nope", "/api/v1/exports/%2F/x%20y"}) {
                others.add(http.sendLater(path));
            }
            for (int i = 0; i < 20; i++) {
                // There is no such route in this server; what matters is that it is asked.
                assertThat(http.get("/actuator/health/liveness").status()).isEqualTo(404);
            }
            assertThat(held).hasValue(6);
        } finally {
            go.countDown();
        }
        assertThat(looks)
                .allSatisfy(look ->
                        assertThat(look.get(10, TimeUnit.SECONDS).status()).isEqualTo(404));
        assertThat(others)
                .extracting(other -> other.get(10, TimeUnit.SECONDS).status())
                .containsExactly(200, 200, 404, 404);
    }

    @Test
    void areGivenBackByAllThatEnds() {
        String export = http.start("{\"dataset\":\"notes\"}").header("Location");
        for (int i = 0; i < 20; i++) {
            assertThat(http.start("{").status()).isEqualTo(400);
            assertThat(http.get("/nope").status()).isEqualTo(404);
            assertThat(http.get("/api/v1/exports", "Accept", "image/png").status())
                    .isEqualTo(406);
            assertThat(http.send("PUT", export, "").status()).isEqualTo(405);
        }
        List<CompletableFuture<Answer>> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waits.add(http.sendLater(export, "Prefer", "wait=30"));
        }
        assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
        assertThat(http.post(export + "/cancel").status()).isEqualTo(202);
        assertThat(waits)
                .allSatisfy(wait ->
                        assertThat(wait.get(10, TimeUnit.SECONDS).status()).isEqualTo(200));
        assertThat(http.get("/api/v1/exports").status()).isEqualTo(200);
    }
}
