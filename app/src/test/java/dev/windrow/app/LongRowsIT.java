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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rows that a process of little memory can hold one at a time, and one that it can't hold at all. */
@Tag("slow")
final class LongRowsIT {
    /** Of which one row has a ninth of what is left beside the rest: 5.9 MB. */
    private static final String HEAP = "96m";

    private static final int LONGEST = 5 << 20;
    private static final int TOO_LONG = 8 << 20;
    /** More than a reader has without asking. */
    private static final int LONG = 1 << 20;

    private static final int ROWS = 3;

    @TempDir
    Path folder;

    @Test
    void areReadOneAtATimeWhoeverAsksForThem() throws Exception {
        Path file = folder.resolve("files.db");
        makeTables("jdbc:sqlite:" + file, "hex(randomblob(%d / 2)) || '€'");
        FreshDatabase server = FreshDatabase.fresh();
        makeTables(server.url(), "(select string_agg(md5(i::text), '') from generate_series(1, %d / 32) i) || '€'");
        Files.writeString(folder.resolve("catalog.yaml"), catalog("jdbc:sqlite:files.db", server.url()));
        try (ServingProcess windrow = ServingProcess.startWithHeap(folder, HEAP, "--windrow.catalog=catalog.yaml")) {
            WindowClient client = windrow.client;
            List<String> exports = new ArrayList<>();
            for (String dataset : List.of("file", "server")) {
                for (String format : List.of("csv", "json")) {
                    exports.add(client.start("{\"dataset\":\"%s\",\"format\":\"%s\"}".formatted(dataset, format)));
                }
            }
            List<CompletableFuture<Answer>> previews = new ArrayList<>();
            for (String dataset : List.of("file", "server", "file", "server")) {
                String body = "{\"dataset\":\"%s\"}".formatted(dataset);
                previews.add(CompletableFuture.supplyAsync(
                        () -> client.send(
                                "POST",
                                WindowClient.EXPORTS + "?dryRun=true",
                                body,
                                "Content-Type",
                                "application/json"),
                        task -> new Thread(task).start()));
            }
            for (CompletableFuture<Answer> preview : previews) {
                // A busy machine may not have read ten such rows within the time that a preview has.
                assertThat(preview.get().status()).as(windrow.log()).isIn(200, 503);
            }
            for (String export : exports) {
                JsonNode done = client.awaitState(export, "completed");
                assertThat(ZipText.entries(client.archive(done)).values())
                        .anyMatch(bytes -> bytes.length > ROWS * LONGEST && bytes.length < ROWS * LONGEST + 1_000);
            }
            JsonNode nested = client.complete("{\"dataset\":\"nested\",\"format\":\"json\"}");
            assertThat(ZipText.entries(client.archive(nested)).get("rows.json"))
                    .as("the header's row and the first of the others are held by one reader")
                    .hasSizeGreaterThan((1 + ROWS) * LONG);
            for (String dataset : List.of("long-file", "long-server")) {
                JsonNode failed = client.awaitState(client.start("{\"dataset\":\"%s\"}".formatted(dataset)), "failed");
                assertThat(failed.at("/error/type").asString()).isEqualTo("/problems/row-unencodable");
                assertThat(failed.at("/error/detail").asString())
                        .startsWith("A row of file rows has more than the ")
                        .endsWith("Leave its long column out, or have an operator give the server more memory.");
            }
        }
    }

    /** @param text an expression of a text of so many bytes */
    private static void makeTables(String url, String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table fits(id integer primary key, v text)");
            statement.execute("create table long(id integer primary key, v text)");
            statement.execute("create table less(id integer primary key, v text)");
            for (int id = 1; id <= ROWS; id++) {
                statement.execute("insert into fits values (" + id + ", " + text.formatted(LONGEST) + ")");
                statement.execute("insert into less values (" + id + ", " + text.formatted(LONG) + ")");
            }
            statement.execute("insert into long values (1, 'short'), (2, " + text.formatted(TOO_LONG) + ")");
        }
    }

    private static String catalog(String file, String server) throws IOException {
        StringBuilder catalog = new StringBuilder("""
                sources:
                  file: { url: "%s" }
                  server: { url: "%s" }
                datasets:
                """.formatted(file, server));
        List<String> datasets =
                List.of("file file fits", "long-file file long", "server server fits", "long-server server long");
        for (String dataset : datasets) {
            String[] words = dataset.split(" ");
            catalog.append("""
                      %s:
                        source: %s
                        formats: [csv, json, ndjson]
                        files:
                          - { name: rows, query: "select id, v from %s", key: [id], columns: [{ name: id }, { name: v }] }
                    """.formatted((Object[]) words).indent(0));
        }
        return catalog.append("""
                  nested:
                    source: file
                    formats: [json]
                    files:
                      - name: rows
                        query: select id, v, '{"a":1}' as m from less
                        key: [id]
                        columns: [{ name: id }, { name: v }, { name: m, as: json }]
                        expand: { column: m }
                        header: { query: "select v as title from less where id = 1", rows: rows }
                """).toString();
    }
}
