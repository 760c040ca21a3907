package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two API processes on one home, which 200 starts reach at once. */
@Tag("slow")
final class TwoProcessLimitsIT {
    private static final int STARTS = 200;
    private static final int ALLOWED = 60;

    @TempDir
    Path folder;

    @Test
    void letExactlySoManyStartsThroughAsAreAllowed() throws Exception {
        String home = "--windrow.home=" + folder.resolve("home");
        String catalog = "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml");
        // The limit that does not grow while the test runs.
        String limit = "--windrow.limits.active-per-caller=" + ALLOWED;
        ProcessRun migrate = ProcessRun.windrow(folder, "migrate", home);
        assertThat(migrate.exit()).as(migrate.all()).isZero();
        try (ServingProcess one = ServingProcess.start(folder, "api", home, catalog, limit);
                ServingProcess two = ServingProcess.start(folder, "api", home, catalog, limit)) {
            List<Answer> answers = startAtOnce(List.of(new Http(one.url()), new Http(two.url())));
            assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(ALLOWED);
            assertThat(answers).filteredOn(answer -> answer.status() != 202).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(429);
                assertThat(answer.type()).isEqualTo("/problems/too-many-active-exports");
                assertThat(answer.header("Retry-After")).isNotNull();
            });
            assertThat(two.client.get("/api/v1/exports?limit=200").json().path("items"))
                    .hasSize(ALLOWED);
        }
    }

    private static List<Answer> startAtOnce(List<Http> processes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                Http process = processes.get(i % processes.size());
                answers.add(threads.submit(() -> {
                    go.await();
                    return process.start("{\"dataset\":\"sensors\"}");
                }));
            }
            go.countDown();
            List<Answer> all = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                all.add(answer.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }
}
