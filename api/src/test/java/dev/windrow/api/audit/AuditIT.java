package dev.windrow.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.ChainCheck;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Exports;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditIT {
    private static final String READINGS =
            "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"start_ts\":17}}";
    private static final String[] ANN = {"X-Caller", "ann export"};
    private static final String[] BOB = {"X-Caller", "bob export"};

    private static final AtomicInteger MINUTES = new AtomicInteger();

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private long before;

    /**
     * What earlier tests left to be written, or to be counted as left out, comes first: the refusal of a caller that no
     * other test has ends it. Refusals are counted anew in each minute.
     */
    @BeforeEach
    void begin() {
        for (String owner : List.of("ann", "bob")) {
            server.exports
                    .list(owner, Exports.Filter.ALL, null, 1_000)
                    .forEach(one -> server.exports.delete(one.export().id(), owner));
        }
        server.clock.pass(Duration.ofMinutes(MINUTES.addAndGet(2)));
        String marker = "marker-" + MINUTES;
        assertThat(http.get("/api/v1/audit", "X-Caller", marker + " export").status())
                .isEqualTo(403);
        before = await().until(
                        () -> server.audit.list(AuditLog.Filter.ALL, null, 50).stream()
                                .filter(row -> marker.equals(row.event().actor().principal()))
                                .findAny(),
                        Optional::isPresent)
                .orElseThrow()
                .number();
        server.clock.pass(Duration.ofMinutes(1));
    }

    private String start(String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        Answer answer = http.send("POST", "/api/v1/exports", body, all.toArray(String[]::new));
        assertThat(answer.status()).isEqualTo(202);
        return answer.header("Location");
    }

    private Answer as(String[] caller, String method, String path) {
        return http.send(method, path, "", caller);
    }

    /** Those of this test, oldest first, once there are so many. */
    private List<JsonNode> rows(int count) {
        return await().atMost(Duration.ofSeconds(30)).until(this::rows, rows -> rows.size() >= count);
    }

    private List<JsonNode> rows() {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : http.get("/api/v1/audit?limit=200").json().path("items")) {
            if (row.path("number").asLong() > before) {
                rows.add(0, row);
            }
        }
        return rows;
    }

    private static String id(String path) {
        return path.substring("/api/v1/exports/".length());
    }

    private static String story(JsonNode row) {
        return row.path("principal").asString("nobody") + " "
                + row.path("action").asString() + " " + row.path("outcome").asString();
    }

    @Test
    void hasARowOfAStartWithEveryField() {
        String id = id(start(READINGS, ANN));

        List<JsonNode> rows = rows(1);

        assertThat(rows).hasSize(1);
        JsonNode row = rows.get(0);
        assertThat(row.propertyNames())
                .containsExactly(
                        "number",
                        "at",
                        "principal",
                        "key",
                        "address",
                        "action",
                        "export",
                        "dataset",
                        "parametersSha256",
                        "part",
                        "rows",
                        "bytes",
                        "outcome",
                        "instance",
                        "previous");
        assertThat(row.path("at").asString()).isEqualTo(server.clock.instant().toString());
        assertThat(row.path("principal").asString()).isEqualTo("ann");
        assertThat(row.path("key").asString()).isEqualTo("ann-key");
        assertThat(row.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(row.path("action").asString()).isEqualTo("start");
        assertThat(row.path("export").asString()).isEqualTo(id);
        assertThat(row.path("dataset").asString()).isEqualTo("sensor-readings");
        assertThat(row.path("parametersSha256").asString()).hasSize(64);
        assertThat(row.path("rows").isNull()).isTrue();
        assertThat(row.path("bytes").isNull()).isTrue();
        assertThat(row.path("outcome").asString()).isEqualTo("done");
        assertThat(row.path("instance").asString()).isEqualTo("api-under-test");
        assertThat(row.path("previous").asString()).hasSize(64);
    }

    @Test
    void namesTheParametersByTheirDigestAlone() {
        start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"start_ts\":4242424242}}");
        start(READINGS);
        String third =
                start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"start_ts\":17,\"sensor_id\":\"s-1\"}}");
        http.post(third + "/cancel");

        List<JsonNode> rows = rows(4);

        assertThat(rows)
                .extracting(row -> row.path("parametersSha256").asString())
                .doesNotContainNull();
        assertThat(rows.toString()).doesNotContain("4242424242").doesNotContain("s-1");
        assertThat(rows.get(2).path("parametersSha256")).isEqualTo(rows.get(1).path("parametersSha256"));
        assertThat(rows.get(3).path("parametersSha256")).isEqualTo(rows.get(1).path("parametersSha256"));
        assertThat(rows.get(0).path("parametersSha256"))
                .isNotEqualTo(rows.get(1).path("parametersSha256"));
    }

    @Test
    void hasTheDigestThatAnAuditorMakes() {
        start("{\"dataset\":\"notes\"}");
        assertThat(rows(1).get(0).path("parametersSha256").asString())
                .isEqualTo(Digests.hex("{}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hasARowOfEveryChangeThatWasMade() {
        String path = start("{\"dataset\":\"notes\"}");
        http.post(path + "/cancel");
        http.post(path + "/cancel");
        http.post(path + "/retry");
        assertThat(http.post(path + "/retry").status()).isEqualTo(409);
        server.complete(server.claim(), new byte[] {1, 2, 3});
        assertThat(http.post(path + "/links").status()).isEqualTo(201);
        assertThat(http.send("DELETE", path + "/links", "").status()).isEqualTo(204);
        http.send("DELETE", path, "");
        assertThat(http.send("DELETE", path, "").status()).isEqualTo(404);

        assertThat(rows(6))
                .extracting(AuditIT::story)
                .containsExactly(
                        "local start done",
                        "local cancel done",
                        "local retry done",
                        "local link done",
                        "local links-ended done",
                        "local delete done");
        assertThat(rows()).allMatch(row -> row.path("export").asString().equals(id(path)));
        assertThat(rows()).allMatch(row -> row.path("dataset").asString().equals("notes"));
        assertThat(rows()).allMatch(row -> row.path("key").isNull());
    }

    @Test
    void hasOneRowOfAStartThatIsRepeated() {
        for (int i = 0; i < 3; i++) {
            start("{\"dataset\":\"notes\"}", "Idempotency-Key", "once");
        }
        assertThat(rows(1)).hasSize(1);
    }

    @Test
    void hasNoRowOfADryRunOrARefusedStart() {
        http.send("POST", "/api/v1/exports?dryRun=true", "{\"dataset\":\"notes\"}", "Content-Type", "application/json");
        http.start("{\"dataset\":\"notes\",\"parameters\":{\"x\":1}}");
        http.start("{\"dataset\":\"nothing\"}");
        start("{\"dataset\":\"notes\"}");
        assertThat(rows(1)).extracting(AuditIT::story).containsExactly("local start done");
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 300_000})
    void hasARowOfADownloadWithItsBytesAndRanges(int length) {
        String path = start("{\"dataset\":\"notes\"}", ANN);
        server.complete(server.claim(), new byte[length]);
        String file = path + "/file";
        assertThat(http.get(file, ANN).status()).isEqualTo(200);
        assertThat(as(ANN, "HEAD", file).status()).isEqualTo(200);
        assertThat(http.get(file, "X-Caller", "ann export", "Range", "bytes=2-4")
                        .status())
                .isEqualTo(206);
        assertThat(http.get(file, "X-Caller", "ann export", "Range", "bytes=0-0,9-9")
                        .status())
                .isEqualTo(206);
        assertThat(http.get(file, "X-Caller", "ann export", "Range", "bytes=900000-")
                        .status())
                .isEqualTo(416);

        List<JsonNode> rows = rows(4);

        assertThat(rows).hasSize(4);
        assertThat(rows.subList(1, 4))
                .allMatch(row -> row.path("action").asString().equals("download"));
        assertThat(rows).allMatch(row -> row.path("export").asString().equals(id(path)));
        assertThat(rows).allMatch(row -> row.path("principal").asString().equals("ann"));
        assertThat(rows).allMatch(row -> row.path("key").asString().equals("ann-key"));
        assertThat(rows).allMatch(row -> row.path("dataset").asString().equals("notes"));
        assertThat(rows.get(1).path("outcome").asString()).isEqualTo(length == 10_000 ? "whole" : "sendfile");
        assertThat(rows.get(1).path("part").isNull()).isTrue();
        assertThat(rows.get(1).path("rows").asLong()).isEqualTo(7);
        assertThat(rows.get(1).path("bytes").asLong()).isEqualTo(length);
        assertThat(rows.get(2).path("part").asString()).isEqualTo("bytes 2-4/" + length);
        assertThat(rows.get(2).path("bytes").asLong()).isEqualTo(3);
        assertThat(rows.get(2).path("rows").isNull()).isTrue();
        assertThat(rows.get(3).path("part").asString()).contains("0-0/").contains("9-9/");
    }

    /** As long as the archive, and yet none of its rows was sent. */
    @Test
    void hasARowOfTheListOfItsStretches() {
        String path = start("{\"dataset\":\"notes\"}", ANN);
        server.complete(server.claim(), new byte[2]);
        assertThat(http.get(path + "/blocks", ANN).bytes()).hasSize(2);

        JsonNode row = rows(2).get(1);

        assertThat(AuditIT.story(row)).isEqualTo("ann download whole");
        assertThat(row.path("part").asString()).isEqualTo("blocks");
        assertThat(row.path("bytes").asLong()).isEqualTo(2);
        assertThat(row.path("rows").isNull()).isTrue();
    }

    @Test
    void saysOfAReaderWhoWentAwayHowFarItCame() throws Exception {
        String path = start("{\"dataset\":\"notes\"}");
        server.complete(server.claim(), new byte[50_000_000]);
        new Http(server.copyingPort()).stream(path + "/file").body().close();

        JsonNode row = rows(2).get(1);

        assertThat(story(row)).isEqualTo("local download cut");
        assertThat(row.path("bytes").asLong()).isLessThan(50_000_000);
        assertThat(row.path("rows").isNull()).isTrue();
    }

    @Test
    void hasARowOfALinksUseWithoutAPrincipal() {
        String path = start("{\"dataset\":\"notes\"}", ANN);
        server.complete(server.claim(), new byte[] {1, 2, 3});
        String url = as(ANN, "POST", path + "/links").json().path("url").asString();
        String link = url.substring(url.indexOf("/d/"));
        assertThat(http.get(link, ANN).status()).isEqualTo(200);

        JsonNode row = rows(3).get(2);

        assertThat(story(row)).isEqualTo("nobody link-use whole");
        assertThat(row.path("export").asString()).isEqualTo(id(path));
        assertThat(row.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(row.path("bytes").asLong()).isEqualTo(3);
        assertThat(rows().toString()).doesNotContain(link.substring(3, 40));
    }

    @Test
    void hasARowOfWhatRightsRefuse() {
        String path = start("{\"dataset\":\"notes\"}", ANN);
        assertThat(http.get(path, BOB).status()).isEqualTo(404);
        assertThat(http.get(path.substring(0, path.length() - 4) + "9999", BOB).status())
                .isEqualTo(404);
        assertThat(http.get(path + "/entries/no-such-file", ANN).status()).isEqualTo(409);
        assertThat(http.get("/api/v1/audit", BOB).status()).isEqualTo(403);

        List<JsonNode> rows = rows(3);

        assertThat(rows)
                .extracting(AuditIT::story)
                .containsExactly("ann start done", "bob refusal not-found", "bob refusal forbidden");
        assertThat(rows.get(1).path("export").asString()).isEqualTo(id(path));
        assertThat(rows.get(2).path("export").isNull()).isTrue();
    }

    @Test
    void hasNoRowOfOnesOwnThatIsNotThere() {
        String path = start("{\"dataset\":\"notes\"}", ANN);
        server.complete(server.claim(), new byte[] {1});
        assertThat(http.get(path + "/nothing", ANN).status()).isEqualTo(404);
        http.get(path + "/entries/nothing", "X-Caller", "root admin");
        assertThat(http.get("/api/v1/audit", BOB).status()).isEqualTo(403);
        assertThat(rows(2)).extracting(AuditIT::story).containsExactly("ann start done", "bob refusal forbidden");
    }

    @Test
    void countsRefusalsThatHaveNoRowOfTheirOwn() {
        server.clock.pass(Duration.ofHours(1));
        for (int i = 0; i < 70; i++) {
            assertThat(http.get("/api/v1/audit", BOB).status()).isEqualTo(403);
        }
        rows(60);
        // The thread that counts them comes to this one after all of them.
        server.calls.clear();
        assertThat(http.get("/api/v1/exports/01930000-0000-7000-8000-ffffffffffff", BOB)
                        .status())
                .isEqualTo(404);
        await().until(() -> server.calls.contains("find"));
        server.clock.pass(Duration.ofMinutes(1));
        assertThat(http.get("/api/v1/audit", BOB).status()).isEqualTo(403);

        List<JsonNode> rows = rows(62);

        assertThat(rows).hasSize(62);
        assertThat(story(rows.get(60))).isEqualTo("nobody refusal 10 left out");
        assertThat(story(rows.get(61))).isEqualTo("bob refusal forbidden");
    }

    @Test
    void makesNoChangeThatItCantWriteDown() {
        String path = start("{\"dataset\":\"notes\"}");
        server.auditAway = true;

        assertThat(http.start("{\"dataset\":\"notes\"}").status()).isEqualTo(503);
        assertThat(http.post(path + "/cancel").status()).isEqualTo(503);
        assertThat(http.send("DELETE", path, "").status()).isEqualTo(503);
        assertThat(http.send("DELETE", path + "/links", "").status()).isEqualTo(503);
        assertThat(http.get(path).json().path("state").asString()).isEqualTo("queued");
        assertThat(http.get("/api/v1/exports").json().path("items")).hasSize(1);
        server.complete(server.claim(), new byte[] {1});
        assertThat(http.post(path + "/links").status()).isEqualTo(503);
        server.clock.pass(Duration.ofDays(7));
        assertThat(http.post(path + "/retry").status()).isEqualTo(503);

        server.auditAway = false;
        assertThat(http.post(path + "/retry").status()).isEqualTo(202);
        assertThat(rows(2)).extracting(AuditIT::story).containsExactly("local start done", "local retry done");
    }

    /** What can't be undone is told when that can be done again. */
    @Test
    void sendsAnArchiveWhoseRowHasToWait() {
        String path = start("{\"dataset\":\"notes\"}");
        Artifact artifact = server.complete(server.claim(), new byte[] {1});
        server.auditAway = true;
        assertThat(http.get(path + "/file").header("ETag")).contains(artifact.sha256());
        server.auditAway = false;
        assertThat(rows(2)).extracting(AuditIT::story).containsExactly("local start done", "local download whole");
    }

    @Test
    void isListedPageByPage() {
        for (int i = 0; i < 5; i++) {
            start("{\"dataset\":\"notes\"}", ANN);
        }
        Answer first = http.get("/api/v1/audit?limit=2&principal=ann&since=2025-12-31T23:00:00%2B01:00");
        String cursor = first.json().path("nextCursor").asString();
        assertThat(first.header("Link"))
                .isEqualTo("</api/v1/audit?limit=2&principal=ann&since=2025-12-31T22%3A00%3A00Z&cursor=" + cursor
                        + ">; rel=\"next\"");
        assertThat(first.json().path("items")).hasSize(2);
        String link = first.header("Link");
        JsonNode second = http.get(link.substring(1, link.indexOf('>'))).json();
        assertThat(second.at("/items/0/number").asLong())
                .isEqualTo(first.json().at("/items/1/number").asLong() - 1);
        assertThat(http.get("/api/v1/audit?export=none").text()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
        assertThat(http.get("/api/v1/audit?until=1990-01-01T00:00:00Z").json().path("items"))
                .isEmpty();
        assertThat(http.get("/api/v1/audit?principal=ann&action=cancel&limit=1")
                        .json()
                        .findValuesAsString("action"))
                .doesNotContain("start");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=x",
                "cursor=x",
                "cursor=MTp4",
                "cursor=MTo5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
                "action=burn",
                "since=yesterday",
                "until=2026-01-01",
                "until=%2B999999999-01-01T00:00:00Z",
                "principal=a%00b",
                "principal=a&principal=b",
                "state=queued"
            })
    void refusesAQueryThatIsNone(String query) {
        Answer answer = http.get("/api/v1/audit?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/" + query.replaceAll("=.*", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "read", "mint", "metrics", "sales"})
    void isForAdministratorsAlone(String role) {
        Answer answer = http.get("/api/v1/audit", "X-Caller", "eve " + role);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.type()).isEqualTo("/problems/forbidden");
        assertThat(http.get("/api/v1/audit", "X-Caller", "root admin").status()).isEqualTo(200);
    }

    @Test
    void isAWholeChain() {
        start("{\"dataset\":\"notes\"}");
        JsonNode row = rows(1).get(0);
        String text = http.get("/api/v1/audit?limit=1").text();
        String shown = text.substring("{\"items\":[".length(), text.indexOf("],\"nextCursor\""));
        assertThat(Digests.hex(shown.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(server.audit.chain().newestHash());
        assertThat(row.path("number").asLong()).isEqualTo(server.audit.chain().newest());
        assertThat(ChainCheck.of(server.audit).fault()).isNull();
    }
}
