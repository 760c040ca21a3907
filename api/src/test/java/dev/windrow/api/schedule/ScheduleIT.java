package dev.windrow.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.Terms;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.source.SourceException;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Schedules, from their being saved to the exports that they start; the server's clock says 2026-01-01T00:00:00Z. */
class ScheduleIT {
    private static final String SCHEDULES = "/api/v1/schedules";
    private static final String NIGHTLY = """
            {"name":"nightly","cron":"0 0 3 * * *","zone":"Europe/Berlin","start":{"dataset":"notes"}}""";

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    /** What is saved here is due in no other test. */
    @AfterEach
    void forget() {
        ApiServer unused = ApiServer.empty();
    }

    private Answer post(String body, String... headers) {
        return send("POST", SCHEDULES, body, headers);
    }

    private Answer send(String method, String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return http.send(method, path, body, all);
    }

    private JsonNode shown() {
        return http.get(SCHEDULES + "/nightly").json();
    }

    private JsonNode exports() {
        return http.get("/api/v1/exports").json().path("items");
    }

    /** When the schedule has gone on to its next time. */
    private JsonNode afterNext(Duration passed) {
        String next = shown().path("next").asString();
        server.clock.pass(passed);
        await().until(() -> !shown().path("next").asString().equals(next));
        return shown();
    }

    @Test
    void isSavedShownListedAndForgotten() {
        Answer answer = post(NIGHTLY);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(SCHEDULES + "/nightly");
        JsonNode json = answer.json();
        assertThat(json.path("name").asString()).isEqualTo("nightly");
        assertThat(json.path("owner").asString()).isEqualTo("local");
        assertThat(json.path("next").asString()).isEqualTo("2026-01-01T02:00:00Z");
        assertThat(json.path("keep").isNull()).isTrue();
        assertThat(json.path("paused").asBoolean(true)).isFalse();
        assertThat(json.path("last").isNull()).isTrue();
        assertThat(json.path("latest").isNull()).isTrue();
        assertThat(json.at("/start/dataset").asString()).isEqualTo("notes");

        Answer shown = http.get(SCHEDULES + "/nightly");
        assertThat(shown.text()).isEqualTo(answer.text());
        assertThat(http.get(SCHEDULES + "/nightly", "If-None-Match", shown.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(http.get(SCHEDULES).json().path("items")).hasSize(1);

        assertThat(http.send("DELETE", SCHEDULES + "/nightly", "").status()).isEqualTo(204);
        assertThat(http.get(SCHEDULES + "/nightly").status()).isEqualTo(404);
        assertThat(http.send("DELETE", SCHEDULES + "/nightly", "").status()).isEqualTo(404);
        List<AuditRow> audit = server.audit.list(new AuditLog.Filter(null, null, "schedule", null, null), null, 2);
        assertThat(audit).extracting(row -> row.event().outcome()).containsExactly("deleted", "created");
        assertThat(audit).allMatch(row -> "nightly".equals(row.event().amount().part()));
    }

    @Test
    void startsAnExportAtItsTimeAndGoesOn() {
        post(NIGHTLY);
        JsonNode json = afterNext(Duration.ofHours(2));

        assertThat(json.path("next").asString()).isEqualTo("2026-01-02T02:00:00Z");
        assertThat(json.at("/last/outcome").asString()).isEqualTo("started");
        assertThat(json.at("/last/dueAt").asString()).isEqualTo("2026-01-01T02:00:00Z");
        assertThat(json.at("/last/state").asString()).isEqualTo("queued");
        assertThat(exports()).hasSize(1);
        String id = exports().get(0).path("id").asString();
        assertThat(json.at("/last/export").asString()).isEqualTo(id);
        await().until(() ->
                server.rings.stream().anyMatch(ring -> ring.toString().equals(id)));
        AuditRow start = server.audit
                .list(new AuditLog.Filter(null, id, "start", null, null), null, 1)
                .get(0);
        assertThat(start.event().actor().principal()).isEqualTo("local");
    }

    @Test
    void asksForTitlesWhereItsStartDoes() {
        Answer saved = post(NIGHTLY.replace("\"notes\"", "\"notes\",\"options\":{\"headers\":\"titles\"}"));
        assertThat(saved.json().at("/start/options/headers").asString()).isEqualTo("titles");

        afterNext(Duration.ofHours(2));

        assertThat(exports().get(0).at("/options/headers").asString()).isEqualTo("titles");
    }

    @Test
    void startsOneExportForAllTheTimesThatWereMissed() {
        post(NIGHTLY);
        JsonNode json = afterNext(Duration.ofDays(10));
        assertThat(json.at("/last/dueAt").asString()).isEqualTo("2026-01-10T02:00:00Z");
        assertThat(json.path("next").asString()).isEqualTo("2026-01-11T02:00:00Z");
        assertThat(exports()).hasSize(1);
    }

    @Test
    void startsNothingWhileItsExportIsActive() {
        post(NIGHTLY);
        String first = afterNext(Duration.ofHours(2)).at("/last/export").asString();
        JsonNode json = afterNext(Duration.ofDays(1));
        assertThat(json.at("/last/outcome").asString()).isEqualTo("active");
        assertThat(json.at("/last/export").asString()).isEqualTo(first);
        assertThat(exports()).hasSize(1);

        server.complete(server.claim(), new byte[] {1});
        assertThat(afterNext(Duration.ofDays(1)).at("/last/outcome").asString()).isEqualTo("started");
        assertThat(exports()).hasSize(2);
    }

    @Test
    void isSilentWhilePausedAndMakesUpForNothing() {
        post(NIGHTLY);
        Answer paused = send(
                "PUT", SCHEDULES + "/nightly", NIGHTLY.replace("\"start\"", "\"paused\":true,\"keep\":3,\"start\""));
        assertThat(paused.status()).as(paused.text()).isEqualTo(200);
        assertThat(paused.json().path("next").isNull()).isTrue();
        server.clock.pass(Duration.ofDays(3));
        assertThat(send("PUT", SCHEDULES + "/nightly", NIGHTLY)
                        .json()
                        .path("next")
                        .asString())
                .isEqualTo("2026-01-04T02:00:00Z");
        assertThat(exports()).isEmpty();
    }

    @Test
    void tellsWhyNothingWasStartedAndTriesAgainAtTheNextTime() {
        post(NIGHTLY.replace("{\"dataset\":\"notes\"}", """
                {"dataset":"sensor-readings","parameters":{"sensor_id":"s-1","start_ts":"today-1d"}}"""));
        server.source.failAs(SourceException.Kind.UNAVAILABLE);
        JsonNode json = afterNext(Duration.ofHours(2));
        assertThat(json.at("/last/outcome").asString()).isEqualTo("refused");
        assertThat(json.at("/last/error/type").asString()).isEqualTo("/problems/unavailable");
        assertThat(json.at("/last/error/detail").asString()).doesNotContain("secret");
        assertThat(exports()).isEmpty();

        server.source.reset();
        json = afterNext(Duration.ofDays(1));
        assertThat(json.at("/last/outcome").asString()).isEqualTo("started");
        assertThat(json.at("/last/error").isNull()).isTrue();
        // Midnight in Berlin, a day before 2 January.
        assertThat(exports().get(0).at("/parameters/start_ts").asLong())
                .isEqualTo(Instant.parse("2025-12-31T23:00:00Z").toEpochMilli());
    }

    @Test
    void goesByWhatItsOwnerMayNow() {
        post(NIGHTLY);
        server.absent = null;
        JsonNode json = afterNext(Duration.ofHours(2));
        assertThat(json.at("/last/error/type").asString()).isEqualTo("/problems/forbidden");

        Rights other = new Rights(
                Set.of(Role.EXPORT.word()), Set.of("sensor-readings"), Map.of(), Allowance.USUAL, Terms.NONE);
        server.absent = new Caller("local", other, new Credential(Credential.Kind.API_KEY, "key", null));
        json = afterNext(Duration.ofDays(1));
        assertThat(json.at("/last/error/type").asString()).isEqualTo("/problems/not-found");

        Rights none =
                new Rights(Set.of(Role.EXPORT.word()), null, Map.of(), new Allowance(0, null, null, null), Terms.NONE);
        server.absent = new Caller("local", none, new Credential(Credential.Kind.API_KEY, "key", null));
        json = afterNext(Duration.ofDays(1));
        assertThat(json.at("/last/error/type").asString()).isEqualTo("/problems/rate-limited");
        assertThat(exports()).isEmpty();
    }

    @Test
    void comesBackFromAClockThatWasAhead() {
        post(NIGHTLY);
        afterNext(Duration.ofDays(4000));
        server.clock.set(Instant.parse("2026-01-01T01:00:00Z"));
        http.post("/api/v1/exports/" + shown().at("/last/export").asString() + "/cancel");

        server.bean(Rounds.class).astray();

        assertThat(shown().path("next").asString()).isEqualTo("2026-01-01T02:00:00Z");
        assertThat(afterNext(Duration.ofHours(1)).at("/last/dueAt").asString()).isEqualTo("2026-01-01T02:00:00Z");
        assertThat(exports()).hasSize(2);
    }

    @Test
    void startsNothingTwiceForATimeThatComesTwice() {
        post(NIGHTLY);
        String export = afterNext(Duration.ofHours(2)).at("/last/export").asString();
        server.complete(server.claim(), new byte[] {1});
        afterNext(Duration.ofDays(9));
        server.complete(server.claim(), new byte[] {1});
        // Two weeks back: the first time is to come again.
        server.clock.set(Instant.parse("2026-01-01T01:00:00Z"));
        server.bean(Rounds.class).astray();
        assertThat(shown().path("next").asString()).isEqualTo("2026-01-01T02:00:00Z");
        afterNext(Duration.ofHours(1));
        assertThat(exports()).hasSize(2);
        assertThat(exports().get(1).path("id").asString()).isEqualTo(export);
    }

    @Test
    void goesOnFromWhereTheLastRunHadTheRows() {
        String start = """
                {"dataset":"sensor-readings","parameters":{"sensor_id":"s-1","start_ts":"lastRun"}}""";
        post(NIGHTLY.replace("{\"dataset\":\"notes\"}", start));
        afterNext(Duration.ofHours(2));
        assertThat(exports().get(0).at("/parameters/start_ts").asLong(-1)).isZero();
        complete("2026-01-01T02:00:07.123Z");

        afterNext(Duration.ofDays(1));
        assertThat(exports().get(0).at("/parameters/start_ts").asLong())
                .isEqualTo(Instant.parse("2026-01-01T02:00:07.123Z").toEpochMilli());
        // One that failed has no rows, so the next one goes on from where the one before did.
        http.post("/api/v1/exports/" + exports().get(0).path("id").asString() + "/cancel");
        afterNext(Duration.ofDays(1));
        assertThat(exports().get(0).at("/parameters/start_ts").asLong())
                .isEqualTo(Instant.parse("2026-01-01T02:00:07.123Z").toEpochMilli());
        complete("2026-01-03T02:00:09Z");

        // Another start has none of these rows.
        String bounded = start.replace("\"lastRun\"", "\"lastRun\",\"end_ts\":\"now\"");
        send("PUT", SCHEDULES + "/nightly", NIGHTLY.replace("{\"dataset\":\"notes\"}", bounded));
        afterNext(Duration.ofDays(1));
        assertThat(exports().get(0).at("/parameters/start_ts").asLong(-1)).isZero();
        complete("2026-01-04T02:00:09Z");
        // What came between its end and its cutoff is not in it.
        afterNext(Duration.ofDays(1));
        assertThat(exports().get(0).at("/parameters/start_ts").asLong())
                .isEqualTo(Instant.parse("2026-01-04T02:00:00Z").toEpochMilli());
    }

    private void complete(String asOf) {
        Export claimed = server.claim();
        server.runs.fixCutoff(claimed.lastClaim(), new Cutoff(Instant.parse(asOf), List.of("9")));
        server.complete(claimed, new byte[] {1});
    }

    @Test
    void isKeptFromOthersAndShownToAdministrators() {
        post(NIGHTLY, "X-Caller", "ann export");
        String path = SCHEDULES + "/nightly";
        String none = words(http.get(SCHEDULES + "/never", "X-Caller", "bob export"));
        for (String method : List.of("GET", "DELETE", "PUT")) {
            Answer answer = send(method, path, method.equals("PUT") ? NIGHTLY : "", "X-Caller", "bob export");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(words(answer)).isEqualTo(none);
        }
        assertThat(http.get(path + "/latest/file", "X-Caller", "bob export").status())
                .isEqualTo(404);
        assertThat(http.get(SCHEDULES, "X-Caller", "bob export").json().path("items"))
                .isEmpty();
        assertThat(http.get(SCHEDULES + "?owner=ann", "X-Caller", "bob export").status())
                .isEqualTo(403);
        assertThat(http.get(SCHEDULES, "X-Caller", "* export").status()).isEqualTo(403);
        assertThat(post(NIGHTLY, "X-Caller", "bob export").status()).isEqualTo(201);

        assertThat(http.get(SCHEDULES + "?owner=*", "X-Caller", "eve admin")
                        .json()
                        .path("items"))
                .hasSize(2);
        assertThat(send("PUT", path + "?owner=ann", NIGHTLY, "X-Caller", "eve admin")
                        .status())
                .isEqualTo(403);
        assertThat(http.send("DELETE", path + "?owner=ann", "", "X-Caller", "eve admin")
                        .status())
                .isEqualTo(204);
        assertThat(http.get(path, "X-Caller", "ann export").status()).isEqualTo(404);
    }

    @Test
    void listsPageByPage() {
        for (String name : List.of("a", "b", "c")) {
            post(NIGHTLY.replace("nightly", name));
        }
        Answer first = http.get(SCHEDULES + "?limit=2");
        assertThat(first.json().at("/items/1/name").asString()).isEqualTo("b");
        String link = first.header("Link");
        Answer second = http.get(link.substring(1, link.indexOf('>')));
        assertThat(second.json().at("/items/0/name").asString()).isEqualTo("c");
        assertThat(second.json().path("nextCursor").isNull()).isTrue();
        assertThat(http.get(SCHEDULES + "?cursor=abc").status()).isEqualTo(400);
    }

    @Test
    void tellsEveryFaultOfASchedule() {
        post(NIGHTLY);
        Answer twice = post(NIGHTLY);
        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.json().at("/errors/0/pointer").asString()).isEqualTo("/name");

        Answer shape = post("{\"name\":7,\"cron\":\"@daily\",\"paused\":\"no\",\"when\":1}");
        assertThat(shape.status()).isEqualTo(400);
        assertThat(pointers(shape)).containsExactlyInAnyOrder("/name", "/paused", "/when", "/start");

        Answer values = post("""
                {"name":"../up","cron":"0 3 * * *","zone":"Mars","keep":0,"start":{"dataset":"notes","maxAge":"PT1H"}}""");
        assertThat(values.status()).isEqualTo(422);
        assertThat(pointers(values)).containsExactlyInAnyOrder("/name", "/cron", "/zone", "/keep", "/start/maxAge");
        assertThat(values.text()).contains("has 5 fields and must have 6");

        Answer start = post("""
                {"name":"x","cron":"@daily","start":{"dataset":"sensor-readings","parameters":{"sensor_id":"s-1",
                "start_ts":"yesterday"},"format":"pdf"}}""");
        assertThat(start.status()).isEqualTo(422);
        assertThat(pointers(start)).containsExactlyInAnyOrder("/start/parameters/start_ts", "/start/format");
        assertThat(post(NIGHTLY.replace("notes", "unknown").replace("nightly", "y"))
                        .status())
                .isEqualTo(404);
        assertThat(send("PUT", SCHEDULES + "/nightly", NIGHTLY.replace("nightly", "other"))
                        .json()
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/name");
        assertThat(http.get(SCHEDULES + "/..%2Fup").status()).isEqualTo(404);
    }

    /** All but what is each answer's own. */
    private static String words(Answer answer) {
        return answer.text().replaceAll("urn:uuid:[0-9a-f-]{36}", "");
    }

    private static List<String> pointers(Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString())
                .toList();
    }

    @Test
    void areNotForTokensOfAPage() {
        server.caller = new Caller("local", Rights.ALL, new Credential(Credential.Kind.MINTED, "key", null));
        assertThat(post(NIGHTLY).status()).isEqualTo(403);
        assertThat(http.get(SCHEDULES).status()).isEqualTo(403);
    }

    @Test
    void areAHundredAtMost() {
        for (int i = 0; i < 100; i++) {
            assertThat(post(NIGHTLY.replace("nightly", "n" + i)).status()).isEqualTo(201);
        }
        Answer answer = post(NIGHTLY);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.type()).isEqualTo("/problems/quota-exceeded");
        assertThat(answer.header("RateLimit")).isEqualTo("\"schedules\";r=0;t=60");
        assertThat(http.get(SCHEDULES + "/nightly").status()).isEqualTo(404);
    }
}
