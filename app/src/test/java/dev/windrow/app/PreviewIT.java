package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a dry run and a start say of a real source that can't give what is asked of it. */
final class PreviewIT {
    private static final String CATALOG = """
            sources:
              plant: { url: "jdbc:sqlite:plant.db" }
            datasets:
              equal-keys:
                title: Two rows have the same key
                source: plant
                formats: [csv]
                files: [ { name: tracks, query: select list from tracks, key: [list] } ]
              null-keys:
                title: A row has no key
                source: plant
                formats: [csv]
                files: [ { name: tracks, query: select composer from tracks, key: [composer] } ]
              slow-subject:
                title: The query for its subject does not end
                source: plant
                formats: [csv]
                subject:
                  query: with recursive c(n) as (select 1 union all select n + 1 from c) select n from c where n < 0
                  notFound: Not found
                files: [ { name: tracks, query: select id from tracks, key: [id] } ]
            """;

    @TempDir
    private static Path folder;

    private static RunningWindow window;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("plant.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table tracks(id integer primary key, list integer not null, composer text)");
            statement.execute("insert into tracks values (1, 7, null), (2, 7, 'Bach'), (3, 8, 'Ligeti')");
        }
        window = RunningWindow.start(folder.resolve("home"), folder.resolve("catalog.yaml"));
    }

    @AfterAll
    static void stop() {
        window.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"equal-keys", "null-keys"})
    void saysOfKeysWhatTheExportSays(String dataset) {
        String body = "{\"dataset\":\"" + dataset + "\"}";
        JsonNode error =
                window.client.awaitState(window.client.start(body), "failed").path("error");
        Answer preview = dryRun(body);
        assertThat(preview.status()).isEqualTo(422);
        assertThat(error.path("detail").asString()).contains("file tracks");
        for (String field : new String[] {"type", "title", "detail"}) {
            assertThat(preview.json().path(field)).as(field).isEqualTo(error.path(field));
        }
    }

    @Test
    void answersAStartAndADryRunWhoseSubjectIsNotFoundInTime() {
        int before = HomeInvariants.exports(window.home);
        String body = "{\"dataset\":\"slow-subject\"}";
        for (boolean dry : new boolean[] {true, false}) {
            Answer answer = dry ? dryRun(body) : window.client.post(body);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.json().path("type").asString()).isEqualTo("/problems/unavailable");
            assertThat(answer.json().path("detail").asString())
                    .isEqualTo("The dataset's source did not say within 5 s whether this exists; nothing was started.");
        }
        assertThat(HomeInvariants.exports(window.home)).isEqualTo(before);
    }

    private static Answer dryRun(String body) {
        return window.client.send(
                "POST", WindowClient.EXPORTS + "?dryRun=true", body, "Content-Type", "application/json");
    }
}
