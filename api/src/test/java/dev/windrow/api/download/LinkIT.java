package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.api.Http;
import dev.windrow.api.Http.Answer;
import dev.windrow.api.Wire;
import dev.windrow.common.export.Export;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server);
    private final String export = http.start("{\"dataset\":\"notes\",\"fileName\":\"März/2026; 100%\"}")
            .header("Location");
    private final byte[] archive = new byte[100_000];
    private Export run;

    @Test
    void givesTheArchiveToWhoeverHasTheLinkAsOftenAsTheyLike() {
        complete();
        Answer made = make("{}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.json().path("expiresAt").asString()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(made.json().path("url").asString())
                .matches("http://127\\.0\\.0\\.1:" + server.port() + "/d/[A-Za-z0-9_-]{76}/[A-Za-z0-9%._-]+\\.zip");
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
        assertThat(http.send("HEAD", path, null).header("Content-Length")).isEqualTo("100000");
    }

    @Test
    void isForAnHourWhereNothingElseIsAskedFor() {
        complete();
        assertThat(http.post(export + "/links").json().path("expiresAt").asString())
                .isEqualTo("2026-01-01T01:00:00Z");
        assertThat(make("{\"expiresIn\":\"PT90S\"}").json().path("expiresAt").asString())
                .isEqualTo("2026-01-01T00:01:30Z");
        server.clock.pass(Duration.ofDays(6));
        assertThat(make("{\"expiresIn\":\"P7D\"}").json().path("expiresAt").asString())
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
                "[]|400",
                "{|400"
            })
    void refusesWhatItDoesNotTake(String body, int status) {
        complete();
        assertThat(make(body).status()).isEqualTo(status);
    }

    @Test
    void isNotThereWhenAltered() {
        complete();
        String path = path(make("{}"));
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
        String path = path(make("{\"expiresIn\":\"PT1M\"}"));
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
        String path = path(make("{}"));
        http.send("DELETE", export, null);
        assertThat(http.get(path).status()).isEqualTo(404);
    }

    @Test
    void isNotMadeForWhatHasNoFile() {
        assertThat(make("{}").type()).isEqualTo("/problems/not-ready");
        http.post(export + "/cancel");
        assertThat(make("{}").type()).isEqualTo("/problems/no-file");
    }

    @Test
    void believesTheSecretBeforeThisOne() {
        complete();
        LinkToken link = new LinkToken(run.id(), server.clock.instant().plusSeconds(60));
        assertThat(http.get("/d/" + link.sign(key("old secret")) + "/x.zip").status())
                .isEqualTo(200);
        assertThat(http.get("/d/" + link.sign(key("another secret")) + "/x.zip").status())
                .isEqualTo(404);
    }

    @Test
    void isAddressedAsTheRequestWas() throws IOException {
        complete();
        String answer = Wire.send(
                server,
                "POST " + export + "/links HTTP/1.1\r\nHost: exports.example\r\nX-Forwarded-Host: evil.example\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(answer).contains("\"url\":\"http://exports.example/d/").doesNotContain("evil");
    }

    private static byte[] key(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private Answer make(String body) {
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
