package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Warning;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private final String path = http.start("{\"dataset\":\"notes\"}").header("Location");

    @Test
    void showsARunWithEveryFieldInItsPlace() {
        Export run = server.claim();
        server.clock.pass(Duration.ofSeconds(3));
        server.progress(run, 420, 1000L, 42.0, 140);
        String id = run.id().toString();
        assertThat(http.get(path).text())
                .isEqualTo("{\"id\":\"" + id
                        + "\",\"dataset\":\"notes\",\"format\":\"csv\",\"parameters\":{},\"columns\":[\"id\"],"
                        + "\"options\":{\"csv\":{\"bom\":false,\"delimiter\":\",\",\"lineEnding\":\"crlf\",\"formulas\":\"raw\"}},"
                        + "\"state\":\"running\",\"progress\":{\"phase\":\"rows\",\"queuePosition\":null,\"rowsWritten\":420,"
                        + "\"rowsTotal\":1000,\"percent\":42.0,\"bytesWritten\":4200,\"rowsPerSecond\":140,\"remainingSeconds\":5,"
                        + "\"stalled\":false,\"waiting\":null,\"resumedFromRow\":null},\"owner\":\"local\",\"warnings\":[],\"attempt\":1,\"asOf\":null,"
                        + "\"createdAt\":\"2026-01-01T00:00:00Z\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"finishedAt\":null,"
                        + "\"expiresAt\":null,\"file\":null,\"error\":null,\"links\":{\"self\":\"" + path
                        + "\",\"events\":\"" + path + "/events\",\"cancel\":\"" + path + "/cancel\"}}");
    }

    @Test
    void showsTheFileOfACompletedExport() {
        server.complete(server.claim(), new byte[] {1, 2, 3});
        Answer answer = http.get(path);
        assertThat(answer.json().at("/state").asString()).isEqualTo("completed");
        assertThat(answer.json().at("/progress/percent").asDouble()).isEqualTo(100.0);
        assertThat(answer.json().at("/progress/phase").asString()).isEqualTo("done");
        assertThat(answer.json().path("file").toString())
                .isEqualTo(
                        "{\"name\":\"notes.zip\",\"mediaType\":\"application/zip\",\"bytes\":3,\"sha256\":\""
                                + Digests.hex(new byte[] {1, 2, 3})
                                + "\",\"url\":\"" + path
                                + "/file\",\"entries\":[{\"name\":\"readings.csv\",\"rows\":7,\"bytes\":70}],\"entriesTotal\":1}");
        assertThat(answer.json().path("links").toString())
                .isEqualTo("{\"self\":\"" + path + "\",\"file\":\"" + path + "/file\"}");
        assertThat(answer.header("Retry-After")).isNull();
    }

    @Test
    void warnsOfWhatTheFileHasNotAsItWasAskedFor() {
        Export run = server.claim();
        Warning gone = new Warning(Warning.Type.ROWS_CHANGED, "60,000 rows were counted, 3,960 were there.");
        Warning cut = new Warning(Warning.Type.CELLS_TRUNCATED, "1 text was cut.");
        server.runs.intend(
                run.lastClaim(),
                Artifact.zip(run.lastClaim(), 1, "00", List.of()),
                List.of(cut),
                null,
                server.clock.instant());
        assertThat(http.get(path).json().path("warnings"))
                .as("of what may never be published")
                .isEmpty();

        server.complete(run, new byte[] {1}, gone, cut);

        String told = "[{\"type\":\"rows-changed\",\"detail\":\"60,000 rows were counted, 3,960 were there.\"},"
                + "{\"type\":\"cells-truncated\",\"detail\":\"1 text was cut.\"}]";
        assertThat(http.get(path).json().path("warnings").toString()).isEqualTo(told);
        assertThat(http.get("/api/v1/exports").json().at("/items/0/warnings").toString())
                .isEqualTo(told);
        server.clock.pass(Duration.ofDays(8));
        assertThat(http.get(path).json().path("warnings").toString()).isEqualTo(told);
        http.post(path + "/retry");
        assertThat(http.get(path).json().path("warnings")).isEmpty();
    }

    @Test
    void saysWhyAnExportFailed() {
        server.runs.fail(
                server.claim().lastClaim(),
                new Failure(FailureCode.SOURCE_QUERY_FAILED, "Equal keys."),
                server.clock.instant());
        Answer answer = http.get(path);
        assertThat(answer.json().path("error").toString())
                .isEqualTo(
                        "{\"type\":\"/problems/source-query-failed\",\"title\":\"The source database refused the query"
                                + " or gave rows that do not fit\",\"detail\":\"Equal keys.\"}");
        assertThat(answer.json().path("links").toString())
                .isEqualTo("{\"self\":\"" + path + "\",\"retry\":\"" + path + "/retry\"}");
    }

    @Test
    void saysWhyAnExportWaitsToBeTriedAgainAndForgetsItWhenItRuns() {
        server.runs.tryAgain(
                server.claim().lastClaim(),
                new Failure(FailureCode.SOURCE_UNAVAILABLE, "Away."),
                server.clock.instant());
        assertThat(http.get(path).json().at("/error/type").asString()).isEqualTo("/problems/source-unavailable");
        server.claim();
        assertThat(http.get(path).json().path("error").isNull()).isTrue();
    }

    @Test
    void showsAnActiveExportToWhomAsksAgain() {
        Answer first = http.get(path);
        assertThat(first.header("Retry-After")).isEqualTo("1");
        assertThat(first.header("ETag")).matches("\"[^\"]+\"");
        for (String condition :
                List.of(first.header("ETag"), "W/" + first.header("ETag"), "\"x\", " + first.header("ETag"), "*")) {
            Answer again = http.get(path, "If-None-Match", condition);
            assertThat(again.status()).as(condition).isEqualTo(304);
            assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(again.header("Retry-After")).isEqualTo("1");
        }
        assertThat(http.get(path, "If-None-Match", "\"x\"").status()).isEqualTo(200);
        server.claim();
        assertThat(http.get(path, "If-None-Match", first.header("ETag")).status())
                .isEqualTo(200);
    }

    @Test
    void answersHeadAsGetWithoutABody() {
        Answer get = http.get(path);
        Answer head = http.send("HEAD", path, "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(get.header("ETag"));
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1",
                "01930000-0000-7000-8000-ffffffffffff",
                "01930000-0000-7000-8000-00000000000g",
                "0193000000007000800000000000000a",
                "01930000-0000-7000-8000-0000000000AA",
                "null",
                "..;",
                "%2e%2e",
                "%00",
                "%0d%0a",
                "%F0%9F%8E%89",
                "*",
                "'or'1'='1"
            })
    void doesNotKnowWhatIsNoIdOfTheCallers(String id) {
        Answer answer = http.get("/api/v1/exports/" + id);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.text()).doesNotContain("Exception");
    }

    @Test
    void tellsNobodyOfSomebodyElsesExport() {
        server.caller = ApiServer.ORDINARY;
        ExportId id = new ExportId(new UUID(1, 1));
        server.exports.insert(Export.queued(id, "somebody-else", server.claim().request(), server.clock.instant()));
        try {
            server.calls.clear();
            String foreign = http.get("/api/v1/exports/" + id).text();
            List<String> asked = beforeTheAnswer();
            server.calls.clear();
            String unknown = http.get("/api/v1/exports/01930000-0000-7000-8000-ffffffffffff")
                    .text();
            assertThat(beforeTheAnswer()).as("in like time").containsExactlyElementsOf(asked);
            String instance = "\"instance\":\"[^\"]+\"";
            assertThat(foreign.replaceAll(instance, "")).isEqualTo(unknown.replaceAll(instance, ""));
            assertThat(http.post("/api/v1/exports/" + id + "/cancel").status()).isEqualTo(404);
            assertThat(http.send("DELETE", "/api/v1/exports/" + id, "").status())
                    .isEqualTo(404);
            assertThat(http.get("/api/v1/exports/" + id + "/file").status()).isEqualTo(404);
        } finally {
            server.exports.delete(id, "somebody-else");
        }
    }

    /** What the audit looks up comes after the answer, soon or late. */
    private List<String> beforeTheAnswer() {
        return server.calls.stream().filter(call -> !call.equals("find")).toList();
    }

    @Test
    void holdsTheAnswerUntilSomethingChanges() throws Exception {
        CompletableFuture<Answer> held = http.sendLater(path, "Prefer", "respond-async, WAIT=60");
        awaitHeld(1);
        assertThat(held).isNotDone();
        server.claim();
        Answer answer = held.get(40, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asString()).isEqualTo("running");
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
        assertThat(answer.header("ETag")).isEqualTo(http.get(path).header("ETag"));
    }

    @Test
    void answersNotModifiedWhenTheTimeIsUp() {
        String tag = http.get(path).header("ETag");
        Answer answer = http.get(path, "Prefer", "wait=1", "If-None-Match", tag);
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(answer.header("ETag")).isEqualTo(tag);
        assertThat(http.get(path, "Prefer", "wait=1").status()).isEqualTo(200);
    }

    @Test
    void doesNotHoldWhatTheCallerHasNotSeen() {
        Answer answer = http.get(path, "Prefer", "wait=60", "If-None-Match", "\"old\"");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=60");
    }

    @Test
    void answersAFinalStateAtOnce() {
        http.post(path + "/cancel");
        assertThat(http.get(path, "Prefer", "wait=60").status()).isEqualTo(200);
        String tag = http.get(path).header("ETag");
        assertThat(http.get(path, "Prefer", "wait=60", "If-None-Match", tag).status())
                .isEqualTo(304);
    }

    @Test
    void answersThoseWhoWaitWhenTheExportIsDeleted() throws Exception {
        CompletableFuture<Answer> held = http.sendLater(path, "Prefer", "wait=60");
        awaitHeld(1);
        http.send("DELETE", path, "");
        Answer answer = held.get(40, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("/problems/not-found");
    }

    @Test
    void answersThoseWhoWaitWhenTheServiceStops() throws Exception {
        CompletableFuture<Answer> held = http.sendLater(path, "Prefer", "wait=60");
        awaitHeld(1);
        server.bean(Watch.class).stop();
        try {
            assertThat(held.get(40, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(http.get(path, "Prefer", "wait=60").header("Preference-Applied"))
                    .isNull();
        } finally {
            server.bean(Watch.class).start();
        }
    }

    @Test
    void answersThoseWhoWaitWhenTheStatusTableGoesAway() throws Exception {
        CompletableFuture<Answer> held = http.sendLater(path, "Prefer", "wait=60");
        awaitHeld(1);
        server.databaseAway = true;
        Answer answer = held.get(40, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.type()).isEqualTo("/problems/unavailable");
    }

    @Test
    void holdsManyAnswersAndStillAnswersOthers() throws Exception {
        List<CompletableFuture<Answer>> held = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            held.add(http.sendLater(path, "Prefer", "wait=60"));
        }
        awaitHeld(20);
        assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
        http.post(path + "/cancel");
        for (CompletableFuture<Answer> one : held) {
            assertThat(one.get(40, TimeUnit.SECONDS).json().path("state").asString())
                    .isEqualTo("cancelled");
        }
    }

    @Test
    void holdsSoManyAnswersForOneCallerAndTakesThePlacesBack() throws Exception {
        List<CompletableFuture<Answer>> held = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            held.add(http.sendLater(path, "Prefer", "wait=60"));
        }
        awaitHeld(20);
        Answer refused = http.get(path, "Prefer", "wait=1");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.type()).isEqualTo("/problems/rate-limited");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"waits\";q=20");
        assertThat(http.get(path).status()).as("without a wait").isEqualTo(200);
        assertThat(http.get(path, "Prefer", "wait=60", "If-None-Match", "\"old\"")
                        .status())
                .as("what need not wait")
                .isEqualTo(200);
        server.claim();
        for (CompletableFuture<Answer> one : held) {
            assertThat(one.get(40, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        awaitHeld(0);
        assertThat(http.get(path, "Prefer", "wait=1").status()).isEqualTo(200);
    }

    @Test
    void givesEveryPlaceBackAfterAStormOfResets() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            sockets.add(socket);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=3\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
        awaitHeld(20);
        for (Socket socket : sockets) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
        awaitHeld(0);
        assertThat(http.get(path, "Prefer", "wait=1").header("Preference-Applied"))
                .isEqualTo("wait=1");
    }

    @Test
    void ignoresAPreferenceThatIsNone() {
        Answer answer = http.get(path, "Prefer", "wait=soon");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isNull();
    }

    private void awaitHeld(int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.bean(LongPolls.class).held() == count);
    }
}
