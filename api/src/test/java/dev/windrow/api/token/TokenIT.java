package dev.windrow.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.api.TestKeys;
import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.testkit.Http;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tokens over the wire, from the key that makes them to what their bearers get. */
class TokenIT {
    private static final String LOCKED = "{\"principal\":\"u-1\",\"datasets\":[\"sensor-readings\"],"
            + "\"parameters\":{\"sensor_id\":\"s-7\",\"factor\":5}}";

    private static ApiServer server;
    private static Http http;

    private final TestKeys keys = server.bean(TestKeys.class);

    @BeforeAll
    static void start() {
        server = ApiServer.start("--test.entrance=BY_CREDENTIALS");
        http = new Http(server.port());
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void giveKeys() {
        // A new minute for credentials that do not hold.
        server.clock.pass(Duration.ofMinutes(2));
        give("host", Set.of("mint"), null, Map.of(), null);
        give("plain", Set.of("export"), null, Map.of(), null);
    }

    private void give(
            String name,
            Set<String> roles,
            @Nullable Set<String> datasets,
            Map<String, Object> claims,
            @Nullable Instant ends) {
        keys.give(new Caller(
                name,
                new Rights(roles, datasets, claims, Allowance.USUAL, Terms.NONE),
                new Credential(Credential.Kind.API_KEY, name, ends)));
    }

    private static Http.Answer ask(String method, String path, String body, String token, String... headers) {
        String[] all = new String[headers.length + 4];
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        all[2] = "Content-Type";
        all[3] = "application/json";
        System.arraycopy(headers, 0, all, 4, headers.length);
        return http.send(method, path, body, all);
    }

    private static Http.Answer mint(String body) {
        return ask("POST", "/api/v1/tokens", body, "key-host");
    }

    private static String token(String body) {
        Http.Answer answer = mint(body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("token").asString();
    }

    private static Http.Answer begin(String token, String body, String... headers) {
        return ask("POST", "/api/v1/exports", body, token, headers);
    }

    private static Http.Answer get(String token, String path) {
        return ask("GET", path, "", token);
    }

    @Test
    void makesATokenThatStartsWhatItIsLockedTo() {
        Http.Answer made = mint(LOCKED);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.json().propertyNames()).containsExactly("token", "expiresAt");
        assertThat(made.json().path("expiresAt").asString())
                .isEqualTo(server.clock.instant().plusSeconds(600).toString());
        String token = made.json().path("token").asString();

        Http.Answer started = begin(token, "{\"dataset\":\"sensor-readings\"}");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        Export export = export(started);
        assertThat(export.owner()).isEqualTo("u-1");
        assertThat(export.request().parameters())
                .containsEntry("sensor_id", "s-7")
                .containsEntry("factor", 5L);
        assertThat(get(token, "/api/v1/exports/" + export.id()).status()).isEqualTo(200);
    }

    private static Export export(Http.Answer started) {
        String id = started.json().path("id").asString();
        return server.exports.find(ExportId.parse(id).orElseThrow()).orElseThrow();
    }

    /** What the page makes its choices of: nothing that a start would be refused for. */
    @Test
    void showsItsBearerTheColumnsAndFormatsThatAStartMayChoose() {
        String token = token("{\"principal\":\"u-1\",\"datasets\":[\"sensor-readings\",\"notes\"],"
                + "\"columns\":[\"quality\",\"timestamp_ms\",\"id\"],\"formats\":[\"json\"]}");
        for (JsonNode shown : List.of(
                get(token, "/api/v1/datasets/sensor-readings").json(),
                get(token, "/api/v1/datasets").json().path("items").path(0))) {
            assertThat(shown.path("name").asString()).isEqualTo("sensor-readings");
            assertThat(shown.path("columns"))
                    .extracting(column -> column.path("name").asString())
                    .containsExactly("timestamp_ms", "quality");
            assertThat(shown.path("formats"))
                    .extracting(format -> format.asString())
                    .containsExactly("json");
        }
        String all = token("{\"principal\":\"u-1\",\"datasets\":[\"sensor-readings\"]}");
        JsonNode shown = get(all, "/api/v1/datasets/sensor-readings").json();
        assertThat(shown.path("columns")).hasSizeGreaterThan(2);
        assertThat(shown.path("formats")).hasSizeGreaterThan(1);
    }

    @Test
    void isInTheAuditWithWhomItIsFor() {
        String unused = token("{\"principal\":\"shop-7/ann\",\"datasets\":[\"sensor-readings\"]}");
        AuditRow row = server.audit.list(AuditLog.Filter.ALL, null, 50).stream()
                .filter(one -> one.event().action().equals("token"))
                .findFirst()
                .orElseThrow();
        assertThat(row.event().actor().principal()).isEqualTo("host");
        assertThat(row.event().amount().part()).isEqualTo("shop-7/ann");
        assertThat(row.text()).contains("\"part\":\"shop-7/ann\"").doesNotContain(unused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sensor_id\":\"s-7\"}",
                "{\"sensor_id\":\"s-7\",\"factor\":5.0}",
                "{\"sensor_id\":null}",
                "{\"factor\":5e0,\"start_ts\":7}"
            })
    void takesWhatSaysNothingElseThanTheLock(String parameters) {
        String body = "{\"dataset\":\"sensor-readings\",\"parameters\":" + parameters + "}";
        assertThat(begin(token(LOCKED), body).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sensor_id\":\"s-8\"}|sensor_id", "{\"sensor_id\":[\"s-7\"]}|sensor_id",
                        "{\"sensor_id\":7}|sensor_id",
                "{\"sensor_id\":\"S-7\"}|sensor_id", "{\"factor\":5.1}|factor", "{\"factor\":\"5\"}|factor",
                "{\"factor\":1e999999999}|factor", "{\"sensor_id\":\"s-7 \"}|sensor_id"
            })
    void refusesWhatSaysOtherwise(String parameters, String name) {
        String body = "{\"dataset\":\"sensor-readings\",\"parameters\":" + parameters + "}";
        String token = token(LOCKED);
        for (String path : List.of("/api/v1/exports", "/api/v1/exports?dryRun=true")) {
            Http.Answer refused = ask("POST", path, body, token);
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.type()).isEqualTo("/problems/invalid-parameters");
            assertThat(refused.json().path("errors").get(0).path("pointer").asString())
                    .isEqualTo("/parameters/" + name);
            assertThat(refused.text()).doesNotContain("s-7");
        }
    }

    @Test
    void givesTheChoicesThatTheTokenLeaves() {
        String token = token("{\"principal\":\"u-1\",\"datasets\":[\"sensor-readings\"],\"columns\":[\"quality\","
                + "\"timestamp_ms\"],\"formats\":[\"json\"],\"maxRows\":12}");
        String start = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}";
        Http.Answer started = begin(token, start + "}");
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        Export export = export(started);
        assertThat(export.request().columns()).containsExactly("timestamp_ms", "quality");
        assertThat(export.request().format().id()).isEqualTo("json");
        assertThat(export.grant().maxRows()).isEqualTo(12L);
        assertThat(begin(token, start + ",\"columns\":[\"quality\"],\"format\":\"json\"}")
                        .status())
                .isEqualTo(202);
        assertPointer(begin(token, start + ",\"columns\":[\"quality\",\"value\"]}"), "/columns/1");
        assertPointer(begin(token, start + ",\"format\":\"csv\"}"), "/format");
    }

    private static void assertPointer(Http.Answer refused, String pointer) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.json().path("errors").get(0).path("pointer").asString())
                .isEqualTo(pointer);
    }

    @Test
    void showsNoOtherDataset() {
        String token = token(LOCKED);
        assertThat(begin(token, "{\"dataset\":\"notes\"}").status()).isEqualTo(404);
        assertThat(get(token, "/api/v1/datasets/notes").status()).isEqualTo(404);
        assertThat(get(token, "/api/v1/datasets").text())
                .contains("sensor-readings")
                .doesNotContain("notes");
    }

    @Test
    void letsOnlyKeysWithTheRoleMakeTokens() {
        assertThat(ask("POST", "/api/v1/tokens", LOCKED, "key-plain").type()).isEqualTo("/problems/forbidden");
        assertThat(ask("POST", "/api/v1/tokens", LOCKED, token(LOCKED)).type()).isEqualTo("/problems/forbidden");
        give("boss", Set.of("admin"), null, Map.of(), null);
        assertThat(ask("POST", "/api/v1/tokens", LOCKED, "key-boss").type()).isEqualTo("/problems/forbidden");
        assertThat(http.send("POST", "/api/v1/tokens", LOCKED, "Content-Type", "application/json")
                        .status())
                .isEqualTo(401);
        Http.Answer open = new Http(ApiServer.empty().port())
                .send("POST", "/api/v1/tokens", LOCKED, "Content-Type", "application/json");
        assertThat(open.type()).isEqualTo("/problems/forbidden");
        keys.give(new Caller(
                "idp:u",
                new Rights(Set.of("mint"), null, Map.of(), Allowance.USUAL, Terms.NONE),
                new Credential(Credential.Kind.JWT, "jwt", null)));
        assertThat(ask("POST", "/api/v1/tokens", LOCKED, "key-jwt").type()).isEqualTo("/problems/forbidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/principal",
                "{\"principal\":\"u\"}|/datasets",
                "{\"principal\":7,\"datasets\":[\"notes\"]}|/principal",
                "{\"principal\":\"u\",\"datasets\":\"notes\"}|/datasets",
                "{\"principal\":\"u\",\"datasets\":[\"notes\",7]}|/datasets/1",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"roles\":[\"admin\"]}|/roles",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"parameters\":[]}|/parameters",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"parameters\":{\"a\":null}}|/parameters/a",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"claims\":{\"a\":{}}}|/claims/a",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"claims\":{\"a\":[[1]]}}|/claims/a",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"claims\":{\"limits\":7}}|/claims/limits",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"claims\":{\"limits\":{\"active\":-1}}}|/claims/limits",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"columns\":null}|/columns",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"formats\":[null]}|/formats/0",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"maxRows\":\"7\"}|/maxRows",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"maxRows\":1.5}|/maxRows",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"origin\":null}|/origin",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"expiresIn\":600}|/expiresIn",
                "{\"principal\":\"u\",\"datasets\":[\"notes\"],\"expiresIn\":\"ten\"}|/expiresIn"
            })
    void refusesOtherShapes(String body, String pointer) {
        Http.Answer refused = mint(body);
        assertThat(refused.type()).as(refused.toString()).isEqualTo("/problems/malformed-request");
        assertThat(refused.json().path("errors").get(0).path("pointer").asString())
                .isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"principal\":\"\"|/principal",
                "\"principal\":\"a\\nb\"|/principal",
                "\"principal\":\"plain\"|/principal",
                "\"principal\":\"idp:u\"|/principal",
                "\"principal\":\"local\"|/principal",
                "\"datasets\":[]|/datasets",
                "\"datasets\":[\"notes\",\"nothing\"]|/datasets/1",
                "\"parameters\":{\"shop\":7}|/parameters/shop",
                "\"parameters\":{\"principal\":\"x\"}|/parameters/principal",
                "\"datasets\":[\"sensor-readings\"],\"parameters\":{\"sensor_id\":7}|/parameters/sensor_id",
                "\"datasets\":[\"sensor-readings\",\"notes\"],\"parameters\":{\"sensor_id\":\"s\"}|/parameters/sensor_id",
                "\"columns\":[]|/columns",
                "\"columns\":[\"id\",\"value\"]|/columns/1",
                "\"formats\":[]|/formats",
                "\"formats\":[\"json\"]|/formats/0",
                "\"maxRows\":0|/maxRows",
                "\"maxRows\":-1|/maxRows",
                "\"origin\":\"*\"|/origin",
                "\"origin\":\"null\"|/origin",
                "\"origin\":\"https://shop.example/\"|/origin",
                "\"origin\":\"https://Shop.example\"|/origin",
                "\"expiresIn\":\"PT61M\"|/expiresIn",
                "\"expiresIn\":\"PT0S\"|/expiresIn",
                "\"expiresIn\":\"-PT5M\"|/expiresIn"
            })
    void refusesWhatDoesNotFit(String fields, String pointer) {
        String whole =
                (fields.contains("\"principal\":\"") && !fields.contains("{\"principal") ? "" : "\"principal\":\"u\",")
                        + (fields.contains("datasets") ? "" : "\"datasets\":[\"notes\"],")
                        + fields;
        assertPointer(mint("{" + whole + "}"), pointer);
    }

    @Test
    void saysNothingOfDatasetsThatTheKeyIsNotFor() {
        give("host", Set.of("mint"), Set.of("notes"), Map.of(), null);
        Http.Answer foreign = mint("{\"principal\":\"u\",\"datasets\":[\"sensor-readings\"]}");
        Http.Answer unknown = mint("{\"principal\":\"u\",\"datasets\":[\"nothing-at-all1\"]}");
        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.json().path("errors")).isEqualTo(unknown.json().path("errors"));
    }

    @Test
    void givesTheKeysOwnPrincipalAToken() {
        assertThat(token("{\"principal\":\"host\",\"datasets\":[\"notes\"]}")).isNotEmpty();
    }

    @Test
    void refusesATokenThatIsTooLongForAHeader() {
        String claims = "{\"a\":\"" + "x".repeat(4_000) + "\"}";
        Http.Answer refused = mint("{\"principal\":\"u\",\"datasets\":[\"notes\"],\"claims\":" + claims + "}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("lock or claim less");
    }

    @Test
    void endsWithItsTimeAndNotAfterItsKey() {
        String token = token(LOCKED.replace("}}", "},\"expiresIn\":\"PT1H\"}"));
        server.clock.pass(Duration.ofMinutes(60));
        assertThat(get(token, "/api/v1/datasets").status()).isEqualTo(200);
        server.clock.pass(Duration.ofSeconds(1));
        Http.Answer ended = get(token, "/api/v1/datasets");
        assertThat(ended.type()).isEqualTo("/problems/not-authenticated");
        assertThat(ended.header("WWW-Authenticate")).startsWith("Bearer");

        Instant ends = server.clock.instant().plusSeconds(90);
        give("host", Set.of("mint"), null, Map.of(), ends);
        assertThat(mint(LOCKED).json().path("expiresAt").asString()).isEqualTo(ends.toString());
    }

    /** Of an export that waits; it has looked at it both by the request and by the watch. */
    private static CompletableFuture<Http.Answer> stream(String token) {
        String export = "/api/v1/exports/"
                + export(begin(token, "{\"dataset\":\"sensor-readings\"}")).id();
        server.calls.clear();
        CompletableFuture<Http.Answer> stream = http.sendLater(export + "/events", "Authorization", "Bearer " + token);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.calls.stream().filter("look"::equals).count() > 1);
        assertThat(stream).isNotDone();
        return stream;
    }

    @Test
    void endsItsStreamOfEvents() throws Exception {
        CompletableFuture<Http.Answer> stream = stream(token(LOCKED));
        server.clock.pass(Duration.ofMinutes(11));
        Http.Answer ended = stream.get(60, TimeUnit.SECONDS);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.text()).contains("\"queued\"").doesNotContain("event: end");
    }

    @Test
    void endsItsStreamOfEventsWithItsKey() throws Exception {
        CompletableFuture<Http.Answer> stream = stream(token(LOCKED));
        keys.take("host");
        assertThat(stream.get(60, TimeUnit.SECONDS).text())
                .contains("\"queued\"")
                .doesNotContain("event: end");
    }

    @Test
    void showsNoExportOfMoreRowsThanTheTokenIsFor() {
        String all = token("{\"principal\":\"u-3\",\"datasets\":[\"notes\"]}");
        String export = "/api/v1/exports/"
                + export(begin(all, "{\"dataset\":\"notes\"}")).id();
        String ten = token("{\"principal\":\"u-3\",\"datasets\":[\"notes\"],\"maxRows\":10}");
        assertThat(get(ten, export).status()).isEqualTo(404);
        assertThat(get(ten, "/api/v1/exports").json().path("items")).isEmpty();
        String own = "/api/v1/exports/"
                + export(begin(ten, "{\"dataset\":\"notes\"}")).id();
        assertThat(get(ten, own).status()).isEqualTo(200);
    }

    @Test
    void endsWithItsKey() {
        String token = token(LOCKED);
        keys.take("host");
        assertThat(get(token, "/api/v1/datasets").status()).isEqualTo(401);
        give("host", Set.of("export"), null, Map.of(), null);
        assertThat(get(token, "/api/v1/datasets").status()).isEqualTo(401);
        keys.give(new Caller(
                "another",
                new Rights(Set.of("mint"), null, Map.of(), Allowance.USUAL, Terms.NONE),
                new Credential(Credential.Kind.API_KEY, "host", null)));
        assertThat(get(token, "/api/v1/datasets").status()).isEqualTo(401);
        giveKeys();
        assertThat(get(token, "/api/v1/datasets").status()).isEqualTo(200);
        give("later", Set.of("export"), null, Map.of(), null);
        String taken = token("{\"principal\":\"u-9\",\"datasets\":[\"notes\"]}");
        give("u-9", Set.of("export"), null, Map.of(), null);
        assertThat(get(taken, "/api/v1/datasets").status()).isEqualTo(401);
        keys.take("u-9");
    }

    @Test
    void givesNoMoreThanItsKeyDoesNow() {
        String token = token("{\"principal\":\"u-1\",\"datasets\":[\"notes\",\"sensor-readings\"]}");
        assertThat(get(token, "/api/v1/datasets").text()).contains("notes", "sensor-readings");
        give("host", Set.of("mint"), Set.of("notes"), Map.of(), null);
        assertThat(get(token, "/api/v1/datasets").text()).contains("notes").doesNotContain("sensor-readings");
        assertThat(begin(token, "{\"dataset\":\"sensor-readings\"}").status()).isEqualTo(404);
    }

    @Test
    void isBoundToThePageThatItIsFor() {
        String token = token(LOCKED.replace("}}", "},\"origin\":\"https://shop.example\"}"));
        assertThat(ask("GET", "/api/v1/datasets", "", token, "Origin", "https://shop.example")
                        .status())
                .isEqualTo(200);
        for (String other :
                List.of("https://evil.example", "null", "https://shop.example.evil", "http://shop.example")) {
            assertThat(ask("GET", "/api/v1/datasets", "", token, "Origin", other)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(get(token, "/api/v1/datasets").status()).isEqualTo(401);
    }

    @Test
    void takesNoTokenThatWasAltered() {
        String token = token(LOCKED);
        String[] parts = token.split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String altered = encode(payload.replace("s-7", "s-8"));
        String none = encode("{\"typ\":\"windrow+jwt\",\"alg\":\"none\"}");
        for (String bad : List.of(
                parts[0] + "." + altered + "." + parts[2],
                none + "." + altered + ".",
                none + "." + altered + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2],
                token.substring(0, token.length() - 4),
                parts[0] + "..",
                encode("{\"typ\":\"JWT\",\"alg\":\"HS256\"}") + "." + parts[1] + "." + parts[2])) {
            assertThat(get(bad, "/api/v1/datasets").status()).as(bad).isEqualTo(401);
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void showsNoExportOfTheSamePrincipalThatAnotherTokenMade() {
        String seven = token(LOCKED);
        String eight = token(LOCKED.replace("s-7", "s-8"));
        String export = "/api/v1/exports/"
                + export(begin(seven, "{\"dataset\":\"sensor-readings\"}")).id();
        String never = "/api/v1/exports/01930000-0000-7000-8000-00000000ffff";
        for (String end : List.of("", "/events", "/file", "/file.sha256", "/entries", "/entries/a", "/blocks")) {
            assertSame(eight, "GET", export, never, end, "");
        }
        assertSame(eight, "POST", export, never, "/cancel", "");
        assertSame(eight, "POST", export, never, "/retry", "");
        assertSame(eight, "POST", export, never, "/links", "{}");
        assertSame(eight, "DELETE", export, never, "/links", "");
        assertSame(eight, "DELETE", export, never, "", "");
        String id = export.substring(export.lastIndexOf('/') + 1);
        assertThat(get(eight, "/api/v1/exports").text()).doesNotContain(id);
        assertThat(get(seven, "/api/v1/exports").text()).contains(id);
        assertThat(get(seven, export).status()).isEqualTo(200);
        assertThat(ask("POST", export + "/cancel", "", seven).status()).isEqualTo(202);
        assertThat(ask("DELETE", export, "", seven).status()).isEqualTo(204);
    }

    private static void assertSame(String token, String method, String foreign, String never, String end, String body) {
        Http.Answer one = ask(method, foreign + end, body, token);
        Http.Answer other = ask(method, never + end, body, token);
        assertThat(one.status()).as(method + end).isEqualTo(404);
        String id = foreign.substring(foreign.lastIndexOf('/') + 1);
        String none = never.substring(never.lastIndexOf('/') + 1);
        // Each problem has a number of its own.
        assertThat(one.text().replace(id, none).replaceFirst("urn:uuid:[0-9a-f-]{36}", ""))
                .isEqualTo(other.text().replaceFirst("urn:uuid:[0-9a-f-]{36}", ""));
    }

    @Test
    void showsNoExportOfMoreColumnsOrAnotherFormat() {
        String start = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}";
        String any = token("{\"principal\":\"u-2\",\"datasets\":[\"sensor-readings\"]}");
        String whole = "/api/v1/exports/" + export(begin(any, start + "}")).id();
        String part = "/api/v1/exports/"
                + export(begin(any, start + ",\"columns\":[\"value\"]}")).id();
        String narrow = token("{\"principal\":\"u-2\",\"datasets\":[\"sensor-readings\"],\"columns\":[\"value\"]}");
        assertThat(get(narrow, whole).status()).isEqualTo(404);
        assertThat(get(narrow, part).status()).isEqualTo(200);
        String json = token("{\"principal\":\"u-2\",\"datasets\":[\"sensor-readings\"],\"formats\":[\"json\"]}");
        assertThat(get(json, part).status()).isEqualTo(404);
        String other = token("{\"principal\":\"u-2\",\"datasets\":[\"notes\"]}");
        assertThat(get(other, whole).status()).isEqualTo(404);
    }
}
