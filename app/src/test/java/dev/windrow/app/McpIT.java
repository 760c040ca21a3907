package dev.windrow.app;

import static dev.windrow.app.NpmFolder.assertEnds;
import static dev.windrow.app.ServedTools.ROW;
import static dev.windrow.app.ServedTools.bearer;
import static dev.windrow.app.ServedTools.call;
import static dev.windrow.app.ServedTools.json;
import static dev.windrow.app.ServedTools.keyOf;
import static dev.windrow.app.ServedTools.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Digests;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agents export by the Model Context Protocol, with clients that others wrote. */
final class McpIT {
    private static final String[] TOOLS = {
        "list_datasets", "describe_dataset", "preview", "start_export", "export_status", "cancel_export"
    };
    private static final Path AGENT = Path.of("src/test/mcp");

    @TempDir
    static Path folder;

    private static ServedTools served;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        served = ServedTools.start(folder);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void theSdkForJavaComesFromTheListToTheFile() {
        try (McpSyncClient client = served.client(keyOf("exporter"))) {
            assertThat(client.getServerInfo().name()).isEqualTo("windrow");
            assertThat(client.listTools().tools()).extracting(Tool::name).containsExactly(TOOLS);

            JsonNode datasets = json(call(client, "list_datasets", Map.of()));
            assertThat(datasets.at("/structuredContent/items")).hasSize(2);
            assertThat(datasets.at("/structuredContent/items/0/name").asString())
                    .isEqualTo("visits");

            JsonNode preview = json(call(client, "preview", Map.of("dataset", "visits")));
            assertThat(preview.at("/structuredContent/rowsTotal").asInt()).isEqualTo(ServedTools.ROWS);
            assertThat(preview.at("/structuredContent/preview/rows")).hasSize(10);

            String id = json(call(client, "start_export", Map.of("dataset", "visits", "format", "json")))
                    .at("/structuredContent/id")
                    .asString();
            JsonNode done = patiently()
                    .until(
                            () -> json(call(client, "export_status", Map.of("id", id))),
                            status -> status.at("/structuredContent/state")
                                    .asString()
                                    .equals("completed"));
            assertThat(done.at("/content/0/text").asString())
                    .isEqualTo(served.windrow
                            .client
                            .get("/api/v1/exports/" + id, bearer("exporter"))
                            .text());

            JsonNode link = done.at("/content/1");
            assertThat(link.path("type").asString()).isEqualTo("resource_link");
            assertThat(link.path("name").asString()).isEqualTo("visits.zip");
            assertThat(link.path("mimeType").asString()).isEqualTo("application/zip");
            assertThat(link.at("/_meta/schema/columns").toString())
                    .isEqualTo("[{\"name\":\"n\",\"type\":\"integer\",\"title\":null},"
                            + "{\"name\":\"who\",\"type\":\"string\",\"title\":null}]");
            byte[] file = served.windrow
                    .client
                    .get(URI.create(link.path("uri").asString()).getPath(), bearer("exporter"))
                    .bytes();
            assertThat(link.path("uri").asString()).startsWith(served.url() + "/api/v1/exports/" + id);
            assertThat(link.path("size").asInt()).isEqualTo(file.length);
            assertThat(link.at("/_meta/sha256").asString())
                    .isEqualTo(HexFormat.of().formatHex(Digests.sha256(file)));
        }
    }

    /** Whatever is asked, and however: ids, states and links come, and ten rows of a preview at most. */
    @Test
    void noAnswerHasMoreThanTheTenRowsOfAPreview() {
        try (McpSyncClient client = served.client(keyOf("exporter"))) {
            List<Map<String, Object>> wishes = List.of(
                    Map.of("dataset", "visits"),
                    Map.of("dataset", "visits", "limit", 1_000_000),
                    Map.of("dataset", "visits", "rows", 1_000_000, "parameters", Map.of("limit", 1_000_000)),
                    Map.of("dataset", "visits", "parameters", Map.of("least", 1), "columns", List.of("who", "n")),
                    Map.of("id", completed(client)));
            for (String tool : TOOLS) {
                for (Map<String, Object> wish : wishes) {
                    JsonNode answer = json(call(client, tool, wish));
                    answer.path("content")
                            .forEach(part -> assertThat(rows(part.toString()))
                                    .as(tool + " " + wish)
                                    .isLessThanOrEqualTo(tool.equals("preview") ? 10 : 0));
                    assertThat(rows(answer.path("structuredContent").toString()))
                            .as(tool + " " + wish)
                            .isLessThanOrEqualTo(tool.equals("preview") ? 10 : 0);
                }
            }
        }
    }

    private static String completed(McpSyncClient client) {
        String id = json(call(client, "start_export", Map.of("dataset", "visits")))
                .at("/structuredContent/id")
                .asString();
        patiently()
                .until(() -> json(call(client, "export_status", Map.of("id", id)))
                        .at("/structuredContent/state")
                        .asString()
                        .equals("completed"));
        return id;
    }

    private static int rows(String text) {
        return text.split(ROW, -1).length - 1;
    }

    /** An author's words about a dataset are in what describes it, and never among what tools are said to do. */
    @Test
    void wordsOfTheCatalogAreDataAndNoInstructions() {
        try (McpSyncClient client = served.client(keyOf("exporter"))) {
            assertThat(json(client.listTools()).toString()).doesNotContain(ServedTools.ORDER);
            assertThat(client.getServerInstructions()).doesNotContain(ServedTools.ORDER);
            assertThat(json(call(client, "describe_dataset", Map.of("dataset", "visits")))
                            .at("/structuredContent/description")
                            .asString())
                    .isEqualTo(ServedTools.ORDER);
        }
    }

    /** What the API's description says of a start is what the tools say. */
    @Test
    void startsTakeWhatTheApiTakes() {
        JsonNode start = served.windrow.client.get("/v3/api-docs").json().at("/components/schemas/Start/properties");
        try (McpSyncClient client = served.client(keyOf("exporter"))) {
            Map<String, Object> schema = client.listTools().tools().get(3).inputSchema();
            JsonNode taken = json(schema).path("properties");
            TreeSet<String> expected = new TreeSet<>(start.propertyNames());
            expected.add("idempotencyKey");
            assertThat(new TreeSet<>(taken.propertyNames())).isEqualTo(expected);
            assertThat(new TreeSet<>(
                            taken.at("/options/properties/csv/properties").propertyNames()))
                    .isEqualTo(new TreeSet<>(
                            start.at("/options/properties/csv/properties").propertyNames()));
        }
    }

    @Test
    @Tag("slow")
    void theSdkForNodeComesFromTheListToTheFile() throws IOException {
        NpmFolder agent = NpmFolder.installed(AGENT, folder.resolve("agent"));
        ProcessRun run = agent.node("agent.js", served.url() + "/mcp", keyOf("exporter"));
        assertEnds(run);
        JsonNode told = JsonMapper.shared().readTree(run.out());

        assertThat(told.path("protocol").asString()).isEqualTo("2025-11-25");
        assertThat(told.path("session").isNull()).isTrue();
        assertThat(told.path("tools").valueStream().map(JsonNode::asString)).containsExactly(TOOLS);
        assertThat(told.path("datasets").toString()).isEqualTo("[\"visits\",\"slow\"]");
        assertThat(told.path("columns").toString()).isEqualTo("[\"n\",\"who\"]");
        assertThat(told.path("rows").asInt()).isEqualTo(10);
        assertThat(told.path("rowsTotal").asInt()).isEqualTo(ServedTools.ROWS);
        assertThat(told.at("/wrong/isError").asBoolean()).isTrue();
        assertThat(told.at("/wrong/text").asString())
                .contains("- /parameters/least expected an integer, not a string")
                .contains("describe_dataset says which");
        assertThat(told.path("state").asString()).isEqualTo("completed");
        assertThat(told.at("/link/_meta/sha256")).isEqualTo(told.path("sha256"));
        assertThat(told.at("/link/size")).isEqualTo(told.path("bytes"));
        told.path("answers")
                .forEach(answer -> assertThat(rows(answer.asString())).isLessThanOrEqualTo(20));
    }
}
