package dev.windrow.api.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@EnumSource(
        value = ApiServer.Place.class,
        names = {"FOLDER", "BUCKET"})
class LinkIT {
    private final ApiServer server;
    private final Http http;
    private final String export;
    private final byte[] archive = new byte[100_000];
    private Export run;

    LinkIT(ApiServer.Place place) {
        server = ApiServer.empty(place);
        http = new Http(server.port());
        export = http.start("{\"dataset\":\"notes\",\"fileName\":\"März/2026; 100%\"}")
                .header("Location");
    }

    @Test
    void givesTheArchiveToWhoeverHasTheLinkAsOftenAsTheyLike() {
        complete();
        Answer made = ask("{}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.json().path("expiresAt").asString()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(made.json().path("url").asString())
                .matches("http://127\\.0\\.0\\.1:" + server.port() + "/d/[A-Za-z0-9_-]{88}/[A-Za-z0-9%._-]+\\.zip");
        String path = path(made);
        for (int i = 0; i < 2; i++) {
            Answer answer = http.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.bytes()).isEqualTo(archive);
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("ETag"))
                    .isEqualTo(http.get(export + "/file").header("ETag"));
        }
        Answer part = http.get(path, "Range", "bytes=5-9");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(archive, 5, 10));
        assertThat(http.send("HEAD", path, "").header("Content-Length")).isEqualTo("100000");
    }

    @Test
    void endsWithTheCredentialsThatAskedForIt() {
        complete();
        Instant ends = server.clock.instant().plusSeconds(100);
        server.caller = new Caller("local", Rights.ALL, new Credential(Credential.Kind.MINTED, "host", ends));
        assertThat(ask("{}").json().path("expiresAt").asString()).isEqualTo(ends.toString());
        assertThat(ask("{\"expiresIn\":\"PT9S\"}").json().path("expiresAt").asString())
                .isEqualTo("2026-01-01T00:00:09Z");
    }

    @Test
    void isForAnHourWhereNothingElseIsAskedFor() {
        complete();
        assertThat(http.post(export + "/links").json().path("expiresAt").asString())
                .isEqualTo("2026-01-01T01:00:00Z");
        assertThat(ask("{\"expiresIn\":\"PT90S\"}").json().path("expiresAt").asString())
                .isEqualTo("2026-01-01T00:01:30Z");
        server.clock.pass(Duration.ofDays(6));
        assertThat(ask("{\"expiresIn\":\"P7D\"}").json().path("expiresAt").asString())
                .as("never past the file's own end")
                .isEqualTo(http.get(export).json().path("expiresAt").asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"expiresIn\":\"P8D\"}|422",
                "{\"expiresIn\":\"PT0S\"}|422",
                "{\"expiresIn\":\"-PT1H\"}|422",
                "{\"expiresIn\":\"soon\"}|400",
                "{\"expiresIn\":5}|400",
                "{\"expiresIn\":null}|400",
                "{\"for\":\"PT1H\"}|400",
                "{\"entry\":5}|400",
                "{\"entry\":\"\"}|400",
                "{\"entry\":null}|400",
                "[]|400",
                "{|400"
            })
    void refusesWhatItDoesNotTake(String body, int status) {
        complete();
        assertThat(ask(body).status()).isEqualTo(status);
    }

    @Test
    void isNotThereWhenAltered() {
        complete();
        String path = path(ask("{}"));
        String token = path.substring("/d/".length(), path.lastIndexOf('/'));
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(http.get("/d/" + altered + "/x.zip").status())
                    .as("character " + i)
                    .isEqualTo(404);
        }
        for (String other : new String[] {"x", token + "A", token.substring(1), token.substring(4), "..", "%00"}) {
            assertThat(http.get("/d/" + other + "/x.zip").status()).as(other).isIn(400, 404);
        }
        assertThat(http.get("/d/" + token + "/renamed.zip").status()).isEqualTo(200);
        assertThat(http.get("/d/" + token).status()).isEqualTo(404);
    }

    @Test
    void isGoneWhenItsTimeIsOver() {
        complete();
        String path = path(ask("{\"expiresIn\":\"PT1M\"}"));
        server.clock.pass(Duration.ofSeconds(59));
        assertThat(http.get(path).status()).isEqualTo(200);
        server.clock.pass(Duration.ofSeconds(1));
        Answer over = http.get(path, "Range", "bytes=0-1");
        assertThat(over.status()).isEqualTo(410);
        assertThat(over.type()).isEqualTo("/problems/expired");
        assertThat(over.header("Content-Disposition")).isNull();
    }

    @Test
    void diesWithTheExport() {
        complete();
        String path = path(ask("{}"));
        http.send("DELETE", export, "");
        assertThat(http.get(path).status()).isEqualTo(404);
    }

    @Test
    void isNotMadeForWhatHasNoFile() {
        assertThat(ask("{}").type()).isEqualTo("/problems/not-ready");
        http.post(export + "/cancel");
        assertThat(ask("{}").type()).isEqualTo("/problems/no-file");
    }

    @Test
    void believesTheSecretBeforeThisOne() {
        complete();
        LinkToken link = new LinkToken(run.id(), 1, 0, server.clock.instant().plusSeconds(60), "");
        assertThat(http.get("/d/" + link.sign(key(ApiServer.OLD_SECRET)) + "/x.zip")
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/d/" + link.sign(key("another secret that is as long as it has to be")) + "/x.zip")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void leadsNowhereOnceTheExportIsRetried() {
        complete();
        String path = path(ask("{}"));
        server.retention.condemn(
                run.lastClaim(), new Failure(FailureCode.INTERNAL, "Damaged."), server.clock.instant());
        assertThat(http.get(path).status()).isEqualTo(410);
        assertThat(http.post(export + "/retry").status()).isEqualTo(202);
        assertGone(path, "The link is for an earlier run of this export; ask for a new one.");
        complete();
        assertThat(http.get(export + "/file").status()).isEqualTo(200);
        assertGone(path, "The link is for an earlier run of this export; ask for a new one.");
        assertThat(http.get(path(ask("{}"))).status()).isEqualTo(200);
    }

    @Test
    void isEndedWithAllOthersOfItsExport() {
        complete();
        String first = path(ask("{}"));
        String second = path(ask("{\"expiresIn\":\"P7D\"}"));
        Answer ended = http.send("DELETE", export + "/links", "");
        assertThat(ended.status()).isEqualTo(204);
        assertThat(ended.bytes()).isEmpty();
        assertGone(first, "The link was withdrawn; ask for a new one.");
        assertGone(second, "The link was withdrawn; ask for a new one.");
        String third = path(ask("{}"));
        assertThat(http.get(third).status()).isEqualTo(200);
        assertThat(http.send("DELETE", export + "/links", "").status()).isEqualTo(204);
        for (String path : List.of(first, second, third)) {
            assertThat(http.get(path).status()).isEqualTo(410);
        }
    }

    @Test
    void endsWithAllOthersInAnyStateOfTheExportButNotOfSomebodyElses() {
        assertThat(http.send("DELETE", export + "/links", "").status())
                .as("queued")
                .isEqualTo(204);
        assertThat(http.send("DELETE", export + "/links?all=true", "").status()).isEqualTo(400);
        for (String other : List.of("x", "01930000-0000-7000-8000-ffffffffffff")) {
            assertThat(http.send("DELETE", "/api/v1/exports/" + other + "/links", "")
                            .type())
                    .isEqualTo("/problems/not-found");
        }
        server.caller = ApiServer.ORDINARY;
        ExportId foreign = new ExportId(new UUID(1, 2));
        server.exports.insert(
                Export.queued(foreign, "somebody-else", server.claim().request(), server.clock.instant()));
        try {
            assertThat(http.send("DELETE", "/api/v1/exports/" + foreign + "/links", "")
                            .status())
                    .isEqualTo(404);
            assertThat(server.exports.find(foreign).orElseThrow().outcome().linkEpoch())
                    .isZero();
        } finally {
            server.exports.delete(foreign, "somebody-else");
        }
    }

    @Test
    void isDeadWhereItWasBegunBeforeAllWereEnded() {
        complete();
        server.afterFind = () -> {
            server.afterFind = () -> {};
            assertThat(http.send("DELETE", export + "/links", "").status()).isEqualTo(204);
        };
        Answer made = ask("{}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(http.get(path(made)).status()).isEqualTo(410);
    }

    @Test
    void isDeadAfterAnEndThatCameWhileManyWereMade() throws Exception {
        complete();
        List<String> before = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean ending = new AtomicBoolean();
        ExecutorService makers = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(makers.submit(() -> {
                while (!ending.get()) {
                    String made = path(ask("{}"));
                    if (!ending.get()) {
                        before.add(made);
                    }
                }
            }));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> before.size() > 20);
        ending.set(true);
        assertThat(http.send("DELETE", export + "/links", "").status()).isEqualTo(204);
        for (Future<?> one : running) {
            one.get(30, TimeUnit.SECONDS);
        }
        makers.shutdown();
        assertThat(before)
                .allSatisfy(path -> assertThat(http.get(path).status()).isEqualTo(410));
    }

    @Test
    void isForOneFileOfTheArchiveWhereThatIsAskedFor() throws IOException {
        run = server.claim();
        server.complete(run, zip("readings.csv", "files/März 1.txt"));
        Answer made = ask("{\"entry\":\"readings.csv\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("url").asString()).endsWith("/readings.csv");
        Answer file = http.get(path(made));
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.text()).isEqualTo("readings.csv");
        assertThat(file.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=utf-8");
        assertThat(file.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(file.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(file.header("ETag"))
                .isEqualTo(http.get(export + "/entries/readings.csv").header("ETag"));
        Answer below = ask("{\"entry\":\"files/März 1.txt\"}");
        assertThat(below.json().path("url").asString()).endsWith("/M%C3%A4rz%201.txt");
        assertThat(http.get(path(below)).text()).isEqualTo("files/März 1.txt");
        assertThat(ask("{\"entry\":\"nope.csv\"}").type()).isEqualTo("/problems/not-found");
        assertThat(ask("{\"entry\":\"" + "x".repeat(1_025) + "\"}").type()).isEqualTo("/problems/invalid-parameters");
        http.send("DELETE", export + "/links", "");
        assertThat(http.get(path(made)).status()).isEqualTo(410);
    }

    @Test
    void isNotThereWhenTheNameOfItsFileIsAltered() throws IOException {
        run = server.claim();
        server.complete(run, zip("a.csv", "b.csv", "readings.csv"));
        for (String entry : List.of("a.csv", "readings.csv")) {
            String path = path(ask("{\"entry\":\"" + entry + "\"}"));
            String token = path.substring("/d/".length(), path.lastIndexOf('/'));
            for (int i = 0; i < token.length(); i++) {
                // The neighbour differs in the lowest bit, which in the last character may be one to spare.
                String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
                char other = alphabet.charAt(alphabet.indexOf(token.charAt(i)) ^ 1);
                String altered = token.substring(0, i) + other + token.substring(i + 1);
                assertThat(http.get("/d/" + altered + "/x.csv").status())
                        .as("character " + i)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void isAddressedAsTheRequestWas() throws IOException {
        complete();
        assertThat(make(
                        "exports.example",
                        "X-Forwarded-Host: evil.example",
                        "X-Forwarded-Prefix: /evil",
                        "X-Forwarded-Proto: https",
                        "Forwarded: host=evil.example"))
                .contains("\"url\":\"http://exports.example/d/")
                .doesNotContain("evil");
        assertThat(make("Exports.Example:8443")).contains("\"url\":\"http://Exports.Example:8443/d/");
        assertThat(make("[::1]:80")).contains("\"url\":\"http://[::1]/d/");
        assertThat(make("localhost")).contains("\"url\":\"http://localhost/d/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "exports.example.evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "evil.example:80",
                "10.0.0.1",
                "[::2]"
            })
    void isNotMadeForTheHostOfAStranger(String host) throws IOException {
        complete();
        assertThat(make(host)).startsWith("HTTP/1.1 421").doesNotContain("/d/");
    }

    private void assertGone(String path, String why) {
        Answer answer = http.get(path);
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.type()).isEqualTo("/problems/expired");
        assertThat(answer.json().path("detail").asString()).isEqualTo(why);
        assertThat(answer.header("Content-Disposition")).isNull();
    }

    private static LinkKey key(String secret) {
        return new LinkKey(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Each file holds its name. */
    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private String make(String host, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of("POST " + export + "/links HTTP/1.1", "Host: " + host));
        lines.addAll(List.of(headers));
        lines.addAll(List.of("Content-Length: 0", "Connection: close", "", ""));
        return Wire.send(server.port(), String.join("\r\n", lines));
    }

    private Answer ask(String body) {
        return http.send(
                "POST", export + "/links", body.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    private static String path(Answer made) {
        return made.json().path("url").asString().replaceFirst("^http://[^/]+", "");
    }

    private void complete() {
        run = server.claim();
        server.complete(run, archive);
    }
}
