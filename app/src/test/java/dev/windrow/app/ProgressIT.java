package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is told of an export while it waits and runs. */
@Tag("slow")
final class ProgressIT {
    private static final String SOME = "{\"dataset\":\"slow\",\"parameters\":{\"most\":" + Samples.SOME_ROWS + "}}";

    @TempDir
    Path home;

    private RunningWindow window;
    private WindowClient client;

    @BeforeEach
    void serve() {
        window = RunningWindow.start(home, Samples.big().resolve("catalog.yaml"), "--windrow.worker.concurrency=1");
        client = window.client;
    }

    @AfterEach
    void stop() {
        window.close();
    }

    @Test
    void tellsTheTruthAtEveryLook() {
        String export = client.start(SOME);
        List<JsonNode> seen = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(15))
                .until(() -> {
                    JsonNode json = client.get(export).json();
                    seen.add(json);
                    return json.path("state").asString().equals("completed");
                });

        assertHonest(seen);
        assertThat(seen.stream()
                        .map(json -> json.at("/progress/percent").asDouble(0))
                        .distinct()
                        .count())
                .isGreaterThan(2);
        JsonNode last = seen.get(seen.size() - 1);
        assertThat(last.at("/progress/percent").asDouble()).isEqualTo(100.0);
        assertThat(last.at("/progress/phase").asString()).isEqualTo("done");
        assertThat(last.at("/progress/rowsWritten").asInt()).isEqualTo(Samples.SOME_ROWS);
        assertThat(last.at("/progress/bytesWritten").asLong())
                .isEqualTo(last.at("/file/bytes").asLong());
    }

    private static void assertHonest(List<JsonNode> seen) {
        List<String> states = List.of("queued", "running", "completed");
        double percent = 0;
        int state = 0;
        for (JsonNode json : seen) {
            int now = states.indexOf(json.path("state").asString());
            double at = json.at("/progress/percent").asDouble(0);
            assertThat(now).as(json.toString()).isGreaterThanOrEqualTo(state);
            assertThat(at).as(json.toString()).isGreaterThanOrEqualTo(percent);
            assertThat(at == 100).as(json.toString()).isEqualTo(now == 2);
            assertThat(json.path("file").isNull()).as(json.toString()).isEqualTo(now != 2);
            assertThat(json.path("links").has("file")).as(json.toString()).isEqualTo(now == 2);
            assertThat(json.path("links").has("cancel")).as(json.toString()).isEqualTo(now != 2);
            assertThat(json.at("/progress/queuePosition").isNull()).isEqualTo(now != 0);
            percent = at;
            state = now;
        }
    }

    @Test
    void writesTheProgressAtMostFourTimesASecond() {
        String export = client.start(SOME);
        Set<String> tags = new HashSet<>();
        long begun = System.nanoTime();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(15))
                .until(() -> {
                    JsonNode json = client.get(export).json();
                    tags.add(json.at("/progress/rowsWritten").asString() + "/"
                            + json.at("/progress/bytesWritten").asString());
                    return json.path("state").asString().equals("completed");
                });
        double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);

        // Besides these the changes of state and phase: queued, claimed, counted, sealing, done.
        assertThat((double) tags.size()).isLessThanOrEqualTo(4 * seconds + 5);
    }

    @Test
    void tellsThoseThatWaitTheirPlaces() {
        String first = client.start("{\"dataset\":\"slow\"}");
        client.awaitState(first, "running");
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(client.start("{\"dataset\":\"big\",\"parameters\":{\"most\":10}}"));
        }
        for (int i = 0; i < 4; i++) {
            JsonNode json = client.get(waiting.get(i)).json();
            assertThat(json.path("state").asString()).isEqualTo("queued");
            assertThat(json.at("/progress/phase").asString()).isEqualTo("waiting");
            assertThat(json.at("/progress/queuePosition").asInt()).isEqualTo(i + 1);
        }
        client.send("POST", waiting.get(0) + "/cancel", "");
        assertThat(client.get(waiting.get(1))
                        .json()
                        .at("/progress/queuePosition")
                        .asInt())
                .isEqualTo(1);
        client.send("POST", first + "/cancel", "");
        waiting.subList(1, 4).forEach(export -> client.awaitState(export, "completed"));
    }

    @Test
    void answersOnlyChangesToThoseWhoKnowTheRest() {
        JsonNode done = client.complete("{\"dataset\":\"big\",\"parameters\":{\"most\":10}}");
        String export = done.at("/links/self").asString();
        String tag = client.get(export).header("ETag");

        assertThat(tag).startsWith("\"");
        assertThat(client.get(export, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(client.get(export, "If-None-Match", tag, "Prefer", "wait=20").status())
                .isEqualTo(304);
        assertThat(client.get(export, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(client.get(export).header("Retry-After")).isNull();
    }

    @Test
    void holdsAnAnswerUntilSomethingChanges() {
        String export = client.start("{\"dataset\":\"slow\"}");
        Answer now = client.get(export);
        assertThat(now.header("Retry-After")).isNotEmpty();
        Answer held = client.get(export, "Prefer", "wait=20", "If-None-Match", now.header("ETag"));

        assertThat(held.status()).isEqualTo(200);
        assertThat(held.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(held.header("ETag")).isNotEqualTo(now.header("ETag"));
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                () -> client.get(export, "Prefer", "wait=30", "If-None-Match", held.header("ETag")));
        client.send("POST", export + "/cancel", "");
        assertThat(waiting.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(200);
        client.awaitState(export, "cancelled");
    }

    @Test
    void listsEveryExportOnceAndTheNewestFirst() {
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            started.add(0, client.start("{\"dataset\":\"big\",\"parameters\":{\"most\":1}}"));
        }
        started.forEach(export -> client.awaitState(export, "completed"));
        List<String> listed = new ArrayList<>();
        String path = WindowClient.EXPORTS + "?limit=3&state=completed&dataset=big";
        while (path != null) {
            Answer page = client.get(path);
            page.json()
                    .path("items")
                    .forEach(item -> listed.add(item.at("/links/self").asString()));
            JsonNode cursor = page.json().path("nextCursor");
            assertThat(String.valueOf(page.header("Link")).contains("rel=\"next\""))
                    .isEqualTo(!cursor.isNull());
            path = cursor.isNull()
                    ? null
                    : WindowClient.EXPORTS + "?limit=3&state=completed&dataset=big&cursor=" + cursor.asString();
        }
        assertThat(listed).isEqualTo(started);
        assertThat(client.get(WindowClient.EXPORTS + "?state=failed").json().path("items"))
                .isEmpty();
    }
}
