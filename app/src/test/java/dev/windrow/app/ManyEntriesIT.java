package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An archive of as many attachments as the catalog's page allows, in a process of little memory. */
@Tag("slow")
final class ManyEntriesIT {
    private static final int MANY = 100_000;

    @TempDir
    Path folder;

    @Test
    void isSealedListedPolledAndServedFileByFileInLittleMemory() throws Exception {
        makeTheSource();
        try (ServingProcess windrow = ServingProcess.startWithHeap(folder, "144m", "--windrow.catalog=catalog.yaml")) {
            WindowClient client = windrow.client;
            String export = client.start("{\"dataset\":\"many\"}");
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofMinutes(4))
                    .until(() ->
                            !client.get(export).json().path("state").asString().matches("queued|running"));

            JsonNode done = client.get(export).json();
            assertThat(done.path("state").asString()).as(windrow.log()).isEqualTo("completed");
            assertThat(done.path("attempt").asInt()).isEqualTo(1);
            assertThat(done.at("/file/entries")).hasSize(100);
            assertThat(done.at("/file/entriesTotal").asInt()).isEqualTo(MANY + 1);
            assertThat(namesOfTheFirst(20, client, export)).hasSize(4_000).contains("rows.csv", "media/n003999.txt");
            List<Answer> served = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> client.get(export + "/entries/media/n%06d.txt".formatted(i * 499 + 1)))
                    .toList();
            assertThat(served)
                    .allMatch(answer -> answer.status() == 200 && answer.text().equals("one\n"));
        }
    }

    private static Set<String> namesOfTheFirst(int pages, WindowClient client, String export) {
        Set<String> names = new HashSet<>();
        String page = export + "/entries?limit=200";
        for (int i = 0; i < pages; i++) {
            Answer answer = client.get(page);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answer.json()
                    .path("items")
                    .forEach(file -> names.add(file.path("name").asString()));
            page = answer.header("Link").replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
        }
        return names;
    }

    private void makeTheSource() throws Exception {
        try (Connection source = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("source.db"));
                Statement statement = source.createStatement()) {
            statement.execute("create table items(id integer primary key)");
            statement.execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < " + MANY
                    + ") insert into items select i from n");
        }
        Files.createDirectory(folder.resolve("media"));
        Files.writeString(folder.resolve("media/one.txt"), "one\n");
        Files.writeString(folder.resolve("catalog.yaml"), """
                sources:
                  s: { url: "jdbc:sqlite:source.db" }
                datasets:
                  many:
                    title: Many attachments
                    source: s
                    formats: [csv]
                    files:
                      - { name: rows, query: select id from items where id < 10, key: [id] }
                      - name: media
                        attachments: { query: "select 'one.txt' as path, printf('n%06d.txt', id) as name from items order by id", root: media }
                """);
    }
}
