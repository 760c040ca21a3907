package dev.windrow.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who gets which rows and columns of a database of several tenants, over the product's own routes. */
final class RightsIT {
    private static final String CATALOG = """
            sources: { hr: { url: "jdbc:sqlite:hr.db" } }
            datasets:
              people:
                source: hr
                formats: [csv, json, ndjson, xlsx]
                access:
                  roles: [finance]
                  claims: { tenant: { from: tenant_id, type: integer } }
                mask:
                  email: { unless: [support], as: hash }
                  card: { unless: [support], as: last4 }
                  salary: { unless: [support], as: null }
                  note: { unless: [support], as: drop }
                files:
                  - name: people
                    query: select id, name, email, card, salary, note from people where tenant_id = :tenant
                    key: [id]
              few:
                source: hr
                formats: [csv]
                access: { claims: { tenant: { from: tenant_id, type: integer } } }
                limits: { maxRows: 1 }
                files: [{ name: few, query: "select id from people where tenant_id = :tenant", key: [id] }]
              profiles:
                source: hr
                formats: [json, csv]
                mask:
                  email: { unless: [support], as: last4 }
                  extra: { unless: [support], as: hash }
                files:
                  - name: profiles
                    query: select id, '{"phone":"0123456"}' as extra, email from people where id < 3
                    key: [id]
                    header: { query: "select 'boss@example.com' as email, 7 as version", rows: people }
                    expand: { column: extra }
                  - name: one
                    shape: object
                    query: select email, name from people where id = 1
              small:
                source: hr
                formats: [csv]
                limits: { maxRows: 3 }
                parameters: { most: { type: integer, default: 99 } }
                files: [{ name: small, query: "select id from people where id <= :most", key: [id] }]
              tiny:
                source: hr
                formats: [csv]
                limits: { maxBytes: 700B }
                files: [{ name: tiny, query: "select id, name, email, card, note from people", key: [id] }]
            """;

    private static final String[] ANN = caller("ann", "export,finance", "{\"tenant_id\":1}");
    private static final String[] BEN = caller("ben", "export,finance", "{\"tenant_id\":2}");
    /** The same principal as ann, who may see the values. */
    private static final String[] ANN_OF_SUPPORT = caller("ann", "export,finance,support", "{\"tenant_id\":1}");

    private static final String[] ADMIN = caller("root", "admin", "{}");

    @TempDir
    private static Path folder;

    @TempDir
    private static Path home;

    private static RunningWindow window;
    private static WindowClient client;

    @BeforeAll
    static void serve() throws Exception {
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("hr.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table people (id integer primary key, tenant_id integer not null, name text,"
                    + " email text, card text, salary real, note text)");
            statement.execute("insert into people values"
                    + " (1, 1, 'Ada', 'ada@example.com', '4000123412341234', 10.5, 'likes it'),"
                    + " (2, 2, 'Bea', 'bea@example.com', '4000999988887777', 20, 'leaves'),"
                    + " (3, 1, 'Cyd', 'shared@example.com', '123', 30, null),"
                    + " (4, 2, 'Dan', 'shared@example.com', null, null, 'x'),"
                    + " (5, 1, 'Eve', null, 'ü🎉abc', 1e3, 'y'),"
                    + " (6, 3, 'Fay', null, null, null, null)");
        }
        window = RunningWindow.start(
                home, folder.resolve("catalog.yaml"), "--spring.main.sources=" + CallerByHeader.class.getName());
        client = window.client;
    }

    @AfterAll
    static void stop() {
        window.close();
    }

    @Test
    void givesEachTenantItsOwnRowsInEveryFormat() {
        for (String format : List.of("csv", "json", "ndjson", "xlsx")) {
            JsonNode anns = complete(ANN, "{\"dataset\":\"people\",\"format\":\"" + format + "\"}");
            JsonNode bens = complete(BEN, "{\"dataset\":\"people\",\"format\":\"" + format + "\"}");

            assertThat(anns.at("/progress/rowsWritten").asInt()).isEqualTo(3);
            assertThat(bens.at("/progress/rowsWritten").asInt()).isEqualTo(2);
            assertThat(anns.path("owner").asString()).isEqualTo("ann");
            if (!format.equals("xlsx")) {
                assertThat(file(ANN, anns, "people." + format))
                        .contains("Ada", "Cyd", "Eve")
                        .doesNotContain("Bea", "Dan");
                assertThat(file(BEN, bens, "people." + format))
                        .contains("Bea", "Dan")
                        .doesNotContain("Ada");
            }
        }
    }

    @Test
    void masksInFilesAsInPreviewsAndTellsSo() {
        JsonNode export = complete(ANN, "{\"dataset\":\"people\"}");
        List<List<String>> lines = CsvText.lines(file(ANN, export, "people.csv"), ',', "\r\n");

        assertThat(lines.get(0)).containsExactly("id", "name", "email", "card", "salary");
        assertThat(lines.get(1).get(2)).matches("[0-9a-f]{32}");
        assertThat(lines.get(1).get(3)).isEqualTo("…1234");
        assertThat(lines.get(1).get(4)).isNull();
        assertThat(lines.get(2).get(3)).as("wholly").isEqualTo("…");
        assertThat(lines.get(3).get(2)).as("null stays null").isNull();
        assertThat(lines.get(3).get(3)).as("whole characters").isEqualTo("…🎉abc");
        assertThat(export.path("columns").valueStream().map(JsonNode::asString))
                .containsExactly("id", "name", "email", "card", "salary");

        JsonNode preview = post(ANN, "?dryRun=true", "{\"dataset\":\"people\"}").json();
        assertThat(preview.path("rowsTotal").asInt()).isEqualTo(3);
        List<String> first = new ArrayList<>();
        preview.at("/preview/rows/0").forEach(value -> first.add(value.isNull() ? null : value.asString()));
        assertThat(first).isEqualTo(lines.get(1));

        JsonNode manifest = JsonMapper.shared().readTree(file(ANN, export, "manifest.json"));
        assertThat(manifest.at("/files/0/masked").toString())
                .isEqualTo("[{\"column\":\"email\",\"as\":\"hash\"},{\"column\":\"card\",\"as\":\"last4\"},"
                        + "{\"column\":\"salary\",\"as\":\"null\"},{\"column\":\"note\",\"as\":\"drop\"}]");
        assertThat(manifest.at("/files/0/columns").toString())
                .contains("{\"name\":\"salary\",\"type\":\"string\"}")
                .doesNotContain("note");
        JsonNode described = JsonMapper.shared().readTree(file(ANN, export, "datapackage.json"));
        assertThat(described.at("/resources/0/schema/fields").toString())
                .contains("{\"name\":\"salary\",\"type\":\"string\"}")
                .doesNotContain("note");
    }

    @Test
    void masksHeadersObjectsAndWhatWouldBeExpanded() {
        JsonNode export = complete(ANN, "{\"dataset\":\"profiles\"}");
        JsonNode rows = JsonMapper.shared().readTree(file(ANN, export, "profiles.json"));

        assertThat(rows.path("email").asString()).isEqualTo("….com");
        assertThat(rows.path("version").asInt()).isEqualTo(7);
        assertThat(rows.at("/people/0").propertyNames()).containsExactly("id", "extra", "email");
        assertThat(rows.at("/people/0/extra").asString()).matches("[0-9a-f]{32}");
        assertThat(rows.at("/people/0/email").asString()).isEqualTo("….com");
        assertThat(JsonMapper.shared()
                        .readTree(file(ANN, export, "one.json"))
                        .path("email")
                        .asString())
                .isEqualTo("….com");
        assertThat(complete(ANN_OF_SUPPORT, "{\"dataset\":\"profiles\"}").isObject())
                .isTrue();
        JsonNode plain = complete(ANN_OF_SUPPORT, "{\"dataset\":\"profiles\",\"format\":\"csv\"}");
        assertThat(file(ANN_OF_SUPPORT, plain, "profiles.csv"))
                .startsWith("id,phone,email")
                .contains("0123456");
        JsonNode masked = complete(ANN, "{\"dataset\":\"profiles\",\"format\":\"csv\"}");
        assertThat(file(ANN, masked, "profiles.csv"))
                .startsWith("id,extra,email")
                .doesNotContain("0123456", "ada");
    }

    @Test
    void hashesTheSameValueAlike() {
        List<List<String>> anns =
                CsvText.lines(file(ANN, complete(ANN, "{\"dataset\":\"people\"}"), "people.csv"), ',', "\r\n");
        List<List<String>> bens =
                CsvText.lines(file(BEN, complete(BEN, "{\"dataset\":\"people\"}"), "people.csv"), ',', "\r\n");

        assertThat(anns.get(2).get(2)).isEqualTo(bens.get(2).get(2)).matches("[0-9a-f]{32}");
        assertThat(anns.get(1).get(2)).isNotEqualTo(anns.get(2).get(2));
        assertThat(Files.exists(home.resolve("masks.secret"))).isTrue();
    }

    @Test
    void showsTheValuesToTheRoleThatSeesThem() {
        JsonNode export = complete(ANN_OF_SUPPORT, "{\"dataset\":\"people\"}");
        String csv = file(ANN_OF_SUPPORT, export, "people.csv");

        assertThat(csv)
                .startsWith("id,name,email,card,salary,note\r\n1,Ada,ada@example.com,4000123412341234,10.5,likes it");
        JsonNode manifest = JsonMapper.shared().readTree(file(ANN_OF_SUPPORT, export, "manifest.json"));
        assertThat(manifest.at("/files/0/masked")).isEmpty();

        // The same principal by another key, which sees less: what is in there is not for it.
        for (String route : routes(export)) {
            assertThat(withoutId(client.get(route, ANN))).as(route).isEqualTo(unknownExport(route, ANN));
        }
        String link = client.send("POST", self(export) + "/links", "{}", json(ANN_OF_SUPPORT))
                .json()
                .path("url")
                .asString();
        assertThat(client.send("POST", self(export) + "/links", "{}", json(ANN)).status())
                .isEqualTo(404);
        assertThat(client.get(link.substring(client.url().length())).status())
                .as("was given by rights")
                .isEqualTo(200);
        assertThat(client.get(self(export), ANN).status())
                .as("is ann's all the same")
                .isEqualTo(200);
    }

    @Test
    void showsADatasetAsTheCallerSeesIt() {
        JsonNode masked = client.get("/api/v1/datasets/people", ANN).json();
        JsonNode plain = client.get("/api/v1/datasets/people", ANN_OF_SUPPORT).json();

        assertThat(masked.path("columns").toString())
                .contains("\"salary\",\"type\":\"string\"")
                .doesNotContain("note");
        assertThat(plain.path("columns").toString()).contains("\"salary\",\"type\":\"number\"", "note");
        assertThat(plain.path("parameters").toString()).doesNotContain("tenant");
    }

    @Test
    void refusesAColumnThatIsDroppedAsOneThatThereIsNot() {
        Answer dropped = post(ANN, "", "{\"dataset\":\"people\",\"columns\":[\"id\",\"note\"]}");
        Answer unknown = post(ANN, "", "{\"dataset\":\"people\",\"columns\":[\"id\",\"nope\"]}");

        assertThat(dropped.status()).isEqualTo(422);
        assertThat(withoutId(dropped)).isEqualTo(withoutId(unknown));
        assertThat(post(ANN_OF_SUPPORT, "", "{\"dataset\":\"people\",\"columns\":[\"id\",\"note\"]}")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "finance         | {}",
                "export          | {\"tenant_id\":1}",
                "admin           | {\"tenant_id\":1}",
                "export,Finance  | {\"tenant_id\":1}",
                "finance         | {\"tenant_id\":null}",
                "finance         | {\"tenant_id\":\"1\"}",
                "finance         | {\"tenant_id\":1.5}",
                "finance         | {\"tenant_id\":true}",
                "finance         | {\"tenant_id\":[1]}",
                "finance         | {\"tenant_id\":{\"a\":1}}",
                "finance         | {\"tenant\":1}",
                "finance         | {\"TENANT_ID\":1}",
                "finance         | {\"tenant_id\":1e400}"
            })
    void tellsNobodyOfADatasetWhoDoesNotMeetItsAccess(String roles, String claims) {
        String[] caller = caller("zoe", roles, claims);

        assertThat(client.get("/api/v1/datasets", caller).text())
                .contains("small")
                .doesNotContain("people");
        assertThat(withoutId(client.get("/api/v1/datasets/people", caller)))
                .isEqualTo(withoutId(client.get("/api/v1/datasets/peeple", caller)));
        for (String query : List.of("", "?dryRun=true")) {
            for (String more : List.of("", ",\"format\":\"no\",\"parameters\":{\"tenant\":1},\"columns\":[\"note\"]")) {
                Answer refused = post(caller, query, "{\"dataset\":\"people\"" + more + "}");
                assertThat(refused.status()).isEqualTo(404);
                assertThat(withoutId(refused))
                        .isEqualTo(withoutId(post(caller, query, "{\"dataset\":\"peeple\"" + more + "}")));
            }
        }
    }

    @Test
    void tellsNobodyOfADatasetThatTheCredentialsAreNotFor() {
        String[] caller = with(ANN, CallerByHeader.DATASETS, "small");

        assertThat(client.get("/api/v1/datasets", caller).json().path("items")).hasSize(1);
        assertThat(withoutId(post(caller, "", "{\"dataset\":\"people\"}")))
                .isEqualTo(withoutId(post(caller, "", "{\"dataset\":\"peeple\"}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tenant\":1}", "{\"tenant\":2}", "{\"tenant\":null}"})
    void takesNoClaimFromARequest(String parameters) {
        Answer answer = post(ANN, "", "{\"dataset\":\"people\",\"parameters\":" + parameters + "}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/parameters/tenant");
    }

    @Test
    void tellsNobodyOfSomebodyElsesExport() {
        JsonNode export = complete(ANN, "{\"dataset\":\"people\"}");
        List<String> all = new ArrayList<>(routes(export));
        all.add(self(export));
        all.add(self(export) + "/events");

        for (String route : all) {
            assertThat(withoutId(client.get(route, BEN))).as(route).isEqualTo(unknownExport(route, BEN));
        }
        for (String route : List.of("/cancel", "/retry", "/links")) {
            assertThat(withoutId(client.send("POST", self(export) + route, "", json(BEN))))
                    .as(route)
                    .isEqualTo(withoutId(client.send("POST", unknown(self(export)) + route, "", json(BEN))));
        }
        assertThat(withoutId(client.send("DELETE", self(export), "", BEN)))
                .isEqualTo(withoutId(client.send("DELETE", unknown(self(export)), "", BEN)));
        assertThat(client.get(self(export), ANN).status()).isEqualTo(200);
        assertThat(client.get(WindowClient.EXPORTS, BEN).text()).doesNotContain(id(export));
    }

    @Test
    void keepsAnArchiveFromItsOwnerWhoseRightsAreGone() {
        JsonNode export = complete(ANN, "{\"dataset\":\"people\"}");

        for (String[] less : List.of(
                caller("ann", "export", "{\"tenant_id\":1}"),
                caller("ann", "export,finance", "{\"tenant_id\":2}"),
                caller("ann", "export,finance", "{}"),
                with(ANN, CallerByHeader.DATASETS, "small"))) {
            for (String route : routes(export)) {
                assertThat(withoutId(client.get(route, less))).as(route).isEqualTo(unknownExport(route, less));
            }
            assertThat(client.send("POST", self(export) + "/links", "{}", json(less))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(client.get(self(export) + "/file", ANN).status()).isEqualTo(200);
    }

    @Test
    void answersWithARecentExportOnlyWhereItIsWhatWouldBeMade() {
        String body = "{\"dataset\":\"people\",\"fileName\":\"recent\",\"maxAge\":\"PT1H\"}";
        String plain = body.replace(",\"maxAge\":\"PT1H\"", "");
        JsonNode first = complete(ANN, plain);

        assertThat(post(ANN, "", body).json().path("id")).isEqualTo(first.path("id"));
        for (String[] other : List.of(ANN_OF_SUPPORT, caller("ann", "export,finance", "{\"tenant_id\":2}"))) {
            Answer answer = post(other, "", body);
            // Another test may have made the like for the other.
            assertThat(answer.json().path("id")).isNotEqualTo(first.path("id"));
            assertThat(answer.status()).isIn(200, 202);
        }
    }

    @Test
    void failsWhatIsLargerThanItMayBe() {
        for (String body : List.of("{\"dataset\":\"small\"}", "{\"dataset\":\"tiny\"}")) {
            JsonNode failed = client.awaitState(
                    client.send("POST", WindowClient.EXPORTS, body, json(ANN)).header("Location"), "failed", ANN);
            assertThat(failed.at("/error/type").asString()).isEqualTo("/problems/quota-exceeded");
            assertThat(failed.path("file").isNull()).isTrue();
            assertThat(failed.path("attempt").asInt()).as("not tried again").isEqualTo(1);
        }
        JsonNode three = complete(ANN, "{\"dataset\":\"small\",\"parameters\":{\"most\":3}}");
        assertThat(three.at("/progress/rowsWritten").asInt()).isEqualTo(3);
    }

    @Test
    void takesTheRightsOfARetryAnew() {
        JsonNode failed = client.awaitState(
                client.send("POST", WindowClient.EXPORTS, "{\"dataset\":\"few\"}", json(ANN))
                        .header("Location"),
                "failed",
                ANN);
        String[] less = caller("ann", "export", "{}");
        assertThat(withoutId(client.send("POST", self(failed) + "/retry", "", json(less))))
                .isEqualTo(withoutId(client.send("POST", unknown(self(failed)) + "/retry", "", json(less))));

        // What the administrator has is not the owner's to get.
        String[] admin = caller("root", "admin", "{\"tenant_id\":3}");
        assertThat(client.send("POST", self(failed) + "/retry", "", json(admin)).status())
                .isEqualTo(202);
        client.awaitState(self(failed), "failed", ANN);

        // The rows of another tenant, beyond the last one of the first.
        String[] moved = caller("ann", "export", "{\"tenant_id\":3}");
        assertThat(client.send("POST", self(failed) + "/retry", "", json(moved)).status())
                .isEqualTo(202);
        JsonNode done = client.awaitState(self(failed), "completed", moved);
        assertThat(file(moved, done, "few.csv")).isEqualTo("id\r\n6\r\n");
        assertThat(client.get(self(failed) + "/file", ANN).status()).isEqualTo(404);
    }

    @Test
    void letsAnAdministratorSeeAndEndEverybodysExports() {
        JsonNode anns = complete(ANN, "{\"dataset\":\"people\",\"fileName\":\"For The Admin\"}");
        JsonNode bens = complete(BEN, "{\"dataset\":\"people\"}");

        assertThat(client.get(WindowClient.EXPORTS, ADMIN).json().path("items")).isEmpty();
        JsonNode all = client.get(WindowClient.EXPORTS + "?owner=*&total=true&limit=200", ADMIN)
                .json();
        assertThat(all.path("total").asInt()).isEqualTo(all.path("items").size());
        assertThat(all.path("items").valueStream().map(RightsIT::id)).contains(id(anns), id(bens));
        assertThat(client.get(WindowClient.EXPORTS + "?owner=ben&limit=200", ADMIN)
                        .json()
                        .path("items")
                        .valueStream()
                        .map(item -> item.path("owner").asString()))
                .isNotEmpty()
                .containsOnly("ben");
        assertThat(client.get(WindowClient.EXPORTS + "?owner=*&q=the%20ADMIN", ADMIN)
                        .json()
                        .path("items")
                        .valueStream()
                        .map(RightsIT::id))
                .containsExactly(id(anns));
        for (String route : routes(anns)) {
            assertThat(client.get(route, ADMIN).status()).as(route).isEqualTo(200);
        }
        assertThat(client.send("POST", self(anns) + "/cancel", "", json(ADMIN)).type())
                .isEqualTo("/problems/not-active");
        assertThat(client.send("DELETE", self(anns), "", ADMIN).status()).isEqualTo(204);
        assertThat(client.get(self(anns), ANN).status()).isEqualTo(404);
        Answer refused = client.get(WindowClient.EXPORTS + "?owner=*", BEN);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.type()).isEqualTo("/problems/forbidden");
        assertThat(client.get(WindowClient.EXPORTS + "?owner=ann", BEN).status())
                .isEqualTo(403);
        assertThat(client.get(WindowClient.EXPORTS + "?owner=ben", BEN).status())
                .isEqualTo(200);
    }

    private static String[] caller(String name, String roles, String claims) {
        return new String[] {
            CallerByHeader.NAME, name, CallerByHeader.ROLES, roles.strip(), CallerByHeader.CLAIMS, claims
        };
    }

    private static String[] with(String[] headers, String name, String value) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(name, value));
        return all.toArray(String[]::new);
    }

    private static String[] json(String... headers) {
        return with(headers, "Content-Type", "application/json");
    }

    private static Answer post(String[] caller, String query, String body) {
        return client.send("POST", WindowClient.EXPORTS + query, body, json(caller));
    }

    private static JsonNode complete(String[] caller, String body) {
        Answer started = post(caller, "", body);
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        return client.awaitState(started.header("Location"), "completed", caller);
    }

    private static String file(String[] caller, JsonNode export, String name) {
        return new String(client.get(self(export) + "/entries/" + name, caller).bytes(), UTF_8);
    }

    /** Whatever sends something of the archive. */
    private static List<String> routes(JsonNode export) {
        return List.of(
                self(export) + "/file",
                self(export) + "/file.sha256",
                self(export) + "/blocks",
                self(export) + "/entries",
                self(export) + "/entries/datapackage.json",
                self(export) + "/entries/manifest.json");
    }

    private static String id(JsonNode export) {
        return export.path("id").asString();
    }

    private static String self(JsonNode export) {
        return WindowClient.EXPORTS + "/" + id(export);
    }

    private static String unknown(String path) {
        return path.replaceFirst("exports/[^/]+", "exports/01930000-0000-7000-8000-ffffffffffff");
    }

    private static String unknownExport(String route, String... caller) {
        return withoutId(client.get(unknown(route), caller));
    }

    /** All of an answer but what is new in each. */
    private static String withoutId(Answer answer) {
        assertThat(answer.status()).isBetween(400, 499);
        Map<String, List<String>> headers = answer.response().headers().map();
        return answer.status()
                + answer.text().replaceAll("\"instance\":\"[^\"]+\"", "")
                + headers.entrySet().stream()
                        // The container ends a connection after so many answers.
                        .filter(header -> !header.getKey().matches("(?i)date|connection"))
                        .sorted(Map.Entry.comparingByKey())
                        .toList();
    }
}
