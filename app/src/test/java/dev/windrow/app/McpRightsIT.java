package dev.windrow.app;

import static dev.windrow.app.ServedTools.bearer;
import static dev.windrow.app.ServedTools.call;
import static dev.windrow.app.ServedTools.json;
import static dev.windrow.app.ServedTools.keyOf;
import static dev.windrow.app.ServedTools.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.access.key.KeyText;
import dev.windrow.testkit.Http;
import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tools of MCP do for a caller what the HTTP API does, and no more: rights, limits, and what the audit says. */
final class McpRightsIT {
    private static final String VISITS = "{\"dataset\":\"visits\"}";
    private static final String SALARIES = "{\"dataset\":\"salaries\"}";
    private static final String NEVER = "{\"id\":\"01930000-0000-7000-8000-000000000001\"}";

    @TempDir
    static Path folder;

    private static ServedTools served;
    private static Path keys;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        keys = Files.writeString(
                folder.resolve("keys.yaml"), "- { name: guest, sha256: " + KeyText.sha256(keyOf("guest")) + " }\n");
        served = ServedTools.start(
                folder,
                "--windrow.security.keys-file=" + keys,
                "--windrow.security.api-keys[2].limits.starts-per-minute=1",
                "--windrow.page.url=https://example.com/exports");
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String text(JsonNode result) {
        return result.at("/content/0/text").asString();
    }

    private static void assertRefused(JsonNode result, String text) {
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
        assertThat(text(result)).isEqualTo(text);
        assertThat(result.path("structuredContent").isMissingNode()).isTrue();
    }

    private static JsonNode audit(String query) {
        return new Http(served.url())
                .get("/api/v1/audit?" + query, bearer("chief"))
                .json();
    }

    @Test
    void needTheRolesOfTheRoutesThatDoTheSame() {
        String missing = "The request is not allowed: This needs the role export, which the credentials do not give."
                + " Ask whoever gave them for others.";
        assertThat(served.call("reader", "list_datasets", "{}")
                        .at("/structuredContent/items/0/name")
                        .asString())
                .isEqualTo("visits");
        assertRefused(served.call("reader", "preview", VISITS), missing);
        assertRefused(served.call("reader", "start_export", VISITS), missing);
        assertRefused(served.call("reader", "cancel_export", NEVER), missing);
        patiently()
                .untilAsserted(() -> assertThat(audit("action=refusal&principal=reader")
                                .at("/items/0/outcome")
                                .asString())
                        .isEqualTo("forbidden"));

        // Who may not even read has no way in.
        String message = ServedTools.callOf("list_datasets", "{}");
        Http http = new Http(served.url());
        assertThat(http.send("POST", "/mcp", message, "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
        assertThat(http.send(
                                "POST",
                                "/mcp",
                                message,
                                "Content-Type",
                                "application/json",
                                "Authorization",
                                "Bearer " + keyOf("clerk"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void knowNothingOfWhatIsKeptFromTheCaller() {
        String none =
                "Not found: There is no such dataset.\n" + "list_datasets names those that these credentials are for.";
        for (String tool : List.of("describe_dataset", "preview", "start_export")) {
            assertRefused(served.call("exporter", tool, SALARIES), none);
            assertRefused(served.call("exporter", tool, "{\"dataset\":\"none\"}"), none);
        }
        patiently()
                .untilAsserted(() -> assertThat(audit("action=refusal&principal=exporter")
                                .path("items")
                                .valueStream()
                                .map(row -> row.path("dataset").asString("")))
                        .contains("salaries")
                        .doesNotContain("none"));

        String id = served.call("chief", "start_export", SALARIES)
                .at("/structuredContent/id")
                .asString();
        String gone = "Not found: There is no such export.\n"
                + "Give an id as start_export has answered it to these credentials.";
        for (String tool : List.of("export_status", "cancel_export")) {
            assertRefused(served.call("other", tool, "{\"id\":\"" + id + "\"}"), gone);
            assertRefused(served.call("other", tool, NEVER), gone);
            assertRefused(served.call("other", tool, "{\"id\":\"../../salaries\"}"), gone);
        }
        patiently()
                .untilAsserted(() -> assertThat(audit("action=refusal&principal=other")
                                .path("items")
                                .valueStream()
                                .map(row -> row.path("export").asString("")))
                        .contains(id));
    }

    /** One count of starts, whichever way they come; and the same key is the same start both ways. */
    @Test
    void shareLimitsKeysAndTheAuditWithTheHttpApi() {
        Http http = new Http(served.url());
        String keyed = "{\"dataset\":\"visits\",\"idempotencyKey\":\"first\"}";
        JsonNode first = served.call("other", "start_export", keyed);
        String id = first.at("/structuredContent/id").asString();
        assertThat(served.call("other", "start_export", keyed)
                        .at("/structuredContent/id")
                        .asString())
                .isEqualTo(id);
        Http.Answer again = http.send(
                "POST",
                "/api/v1/exports",
                VISITS,
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "first",
                "Authorization",
                "Bearer " + keyOf("other"));
        assertThat(again.json().path("id").asString()).isEqualTo(id);
        assertThat(text(served.call(
                        "other",
                        "start_export",
                        "{\"dataset\":\"visits\",\"format\":\"json\",\"idempotencyKey\":\"first\"}")))
                .endsWith("Take another idempotencyKey for another export.");

        JsonNode refused = served.call("other", "start_export", VISITS);
        assertThat(text(refused))
                .startsWith(
                        "Too many requests: A caller may start 1 exports a minute; nothing was started.\nCall again in ")
                .endsWith(" s, not sooner.");
        assertThat(refused.at("/_meta/problem/type").asString()).isEqualTo("/problems/rate-limited");
        assertThat(http.send(
                                "POST",
                                "/api/v1/exports",
                                VISITS,
                                "Content-Type",
                                "application/json",
                                "Authorization",
                                "Bearer " + keyOf("other"))
                        .status())
                .isEqualTo(429);
        assertThat(audit("action=start&principal=other&export=" + id).path("items"))
                .hasSize(1);
    }

    @Test
    void cancelWritesTheRowThatTheRouteWrites() {
        String id = served.call("exporter", "start_export", "{\"dataset\":\"slow\"}")
                .at("/structuredContent/id")
                .asString();
        JsonNode answer = served.call("exporter", "cancel_export", "{\"id\":\"" + id + "\"}");
        assertThat(answer.at("/structuredContent/state").asString()).isEqualTo("cancelled");
        assertThat(answer.path("content")).hasSize(1);
        assertThat(audit("action=cancel&principal=exporter&export=" + id).path("items"))
                .hasSize(1);
    }

    /** By the address that people know; of what has ended nothing can be stopped. */
    @Test
    void linksLeadToThePublicAddress() {
        String of = "{\"id\":\""
                + served.call("exporter", "start_export", VISITS)
                        .at("/structuredContent/id")
                        .asString()
                + "\"}";
        JsonNode done = patiently()
                .until(
                        () -> served.call("exporter", "export_status", of),
                        status -> status.path("content").size() == 2);
        assertThat(done.at("/content/1/uri").asString())
                .matches("https://example\\.com/exports/api/v1/exports/[^/]+/file");
        assertRefused(
                served.call("exporter", "cancel_export", of), "The export has ended already: The export is completed.");
    }

    /** The very next message of who was talking is refused. */
    @Test
    void endWithTheKey() throws IOException {
        try (McpSyncClient client = served.client(keyOf("guest"))) {
            assertThat(json(call(client, "list_datasets", Map.of()))
                            .at("/structuredContent/items")
                            .isEmpty())
                    .isFalse();
            Files.writeString(keys, "# none\n");
            patiently()
                    .until(() -> new Http(served.url())
                                    .get("/api/v1/me", bearer("guest"))
                                    .status()
                            == 401);
            assertThatThrownBy(() -> call(client, "list_datasets", Map.of())).hasMessageContaining("Authorization");
        }
    }
}
