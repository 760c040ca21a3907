package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every way in which an export ends other than well, and what is left of it. */
final class EndsIT {
    private static final String BIG = "{\"dataset\":\"big\"}";
    private static final String SLOW = "{\"dataset\":\"slow\"}";

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @TempDir
    Path source;

    @Test
    void cancelsARunningExportAndLeavesNoFile() {
        try (RunningWindow window = RunningWindow.start(home, Samples.big().resolve("catalog.yaml"))) {
            WindowClient client = window.client;
            String export = client.start(SLOW);
            await().atMost(LONG)
                    .until(() -> !Folders.files(home.resolve("work")).isEmpty());
            assertSubResourcesAreNotReady(client, export);

            assertThat(client.send("POST", export + "/cancel", "").status()).isEqualTo(202);
            await().atMost(LONG).until(() -> state(client, export).equals("cancelled"));
            await().atMost(LONG).until(() -> Folders.files(home.resolve("work")).isEmpty());
            assertThat(Folders.files(home.resolve("artifacts"))).isEmpty();
            assertThat(client.send("POST", export + "/cancel", "").status()).isEqualTo(200);
            assertProblem(client.get(export + "/file"), 409, "no-file");
            // A worker that has not heard of it would still finish the next export before it came to this one's end.
            client.complete("{\"dataset\":\"big\",\"parameters\":{\"most\":10}}");
            assertThat(state(client, export)).isEqualTo("cancelled");
        }
    }

    private static void assertSubResourcesAreNotReady(WindowClient client, String export) {
        Answer file = client.get(export + "/file");
        assertProblem(file, 409, "not-ready");
        assertThat(file.header("Retry-After")).isNotEmpty();
        assertThat(client.send("HEAD", export + "/file", "").status()).isEqualTo(409);
    }

    @Test
    void deletesARunningExportAndAFinishedOne() {
        try (RunningWindow window = RunningWindow.start(home, Samples.big().resolve("catalog.yaml"))) {
            WindowClient client = window.client;
            String finished = client.complete("{\"dataset\":\"big\",\"parameters\":{\"most\":10}}")
                    .at("/links/self")
                    .asString();
            String running = client.start(SLOW);
            await().atMost(LONG)
                    .until(() -> !Folders.files(home.resolve("work")).isEmpty());
            for (String export : new String[] {finished, running}) {
                assertThat(client.send("DELETE", export, "").status()).isEqualTo(204);
                assertProblem(client.get(export), 404, "not-found");
                assertProblem(client.get(export + "/file"), 404, "not-found");
                assertProblem(client.send("POST", export + "/cancel", ""), 404, "not-found");
                assertProblem(client.send("DELETE", export, ""), 404, "not-found");
            }
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(Folders.files(home.resolve("work"))).isEmpty();
                assertThat(Folders.files(home.resolve("artifacts"))).isEmpty();
            });
        }
    }

    @Test
    void refusesToCancelWhatIsCompleted() {
        try (RunningWindow window = RunningWindow.start(home, Samples.big().resolve("catalog.yaml"))) {
            JsonNode done = window.client.complete("{\"dataset\":\"big\",\"parameters\":{\"most\":1}}");
            String export = done.at("/links/self").asString();
            assertProblem(window.client.send("POST", export + "/cancel", ""), 409, "not-active");
            assertThat(state(window.client, export)).isEqualTo("completed");
        }
    }

    @Test
    void saysWhyAnExportFailedAndLeavesNoFile() throws SQLException {
        Path catalog = Samples.small(source, 1_000);
        try (RunningWindow window = RunningWindow.start(home, catalog)) {
            change("drop table big");
            WindowClient client = window.client;
            JsonNode failed = client.awaitState(client.start(BIG), "failed");

            assertThat(failed.at("/error/type").asString()).isEqualTo("/problems/source-query-failed");
            assertThat(failed.at("/error/title").asString()).isNotEmpty();
            assertThat(failed.at("/error/detail").asString())
                    .isNotEmpty()
                    .doesNotContain("select")
                    .doesNotContain(source.toString());
            assertThat(failed.path("file").isNull()).isTrue();
            assertThat(failed.at("/progress/percent").asDouble(0)).isLessThan(100);
            assertProblem(client.get(failed.at("/links/self").asString() + "/file"), 409, "no-file");
            assertThat(Folders.files(home.resolve("work"))).isEmpty();
            assertThat(Folders.files(home.resolve("artifacts"))).isEmpty();
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + source.resolve("big.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String state(WindowClient client, String export) {
        return client.get(export).json().path("state").asString();
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
    }
}
