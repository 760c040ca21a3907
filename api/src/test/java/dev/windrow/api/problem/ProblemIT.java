package dev.windrow.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @ParameterizedTest
    @CsvSource({
        "GET,/nope,404,not-found",
        "POST,/nope,404,not-found",
        "GET,/api,404,not-found",
        "GET,/api/v1/exports/,404,not-found",
        "GET,/api/v1/exports/a/b/c,404,not-found",
        "GET,/api/v1/datasets/x/y,404,not-found",
        "GET,/api/v1/datasets/x%2Fy,404,not-found",
        "GET,/error,404,not-found",
        "DELETE,/api/v1/exports,405,method-not-allowed",
        "PUT,/api/v1/datasets,405,method-not-allowed",
        "PATCH,/api/v1/exports/x,405,method-not-allowed",
        "GET,/api/v1/exports/x/cancel,405,method-not-allowed",
        "POST,/api/v1/exports/x/file,405,method-not-allowed",
        "GET,/api/v1/datasets?x=1,400,malformed-request",
        "GET,/v3/api-docs?x=1,400,malformed-request",
        "POST,/api/v1/exports/x/cancel?force=true,400,malformed-request",
        "DELETE,/api/v1/exports/x?force,400,malformed-request",
        "GET,/api/v1/exports/x/file?download=1,400,malformed-request",
    })
    void isTheAnswerToEveryFault(String method, String path, int status, String type) {
        Answer answer = http.send(method, path, "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asString()).isNotEmpty();
        assertThat(answer.json().path("detail").asString()).isNotEmpty();
        assertThat(answer.json().path("instance").asString()).startsWith("urn:uuid:");
    }

    @Test
    void namesTheMethodsThatAreAllowed() {
        assertThat(http.send("PUT", "/api/v1/exports/x", "").header("Allow").split(", "))
                .containsExactlyInAnyOrder("GET", "HEAD", "DELETE", "OPTIONS");
        assertThat(http.send("PUT", "/api/v1/exports/x/cancel", "")
                        .header("Allow")
                        .split(", "))
                .containsExactlyInAnyOrder("POST", "OPTIONS");
    }

    @Test
    void refusesWhatCannotBeShownInJson() throws IOException {
        for (String accept : new String[] {"application/xml", "text/html", "text/event-stream"}) {
            Answer answer = http.get("/api/v1/datasets", "Accept", accept);
            assertThat(answer.status()).isEqualTo(406);
            assertThat(answer.type()).isEqualTo("/problems/not-acceptable");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
        for (String accept : new String[] {"*/*", "application/*", "text/html, */*;q=0.1", "application/json;q=0.5"}) {
            assertThat(http.get("/api/v1/datasets", "Accept", accept).status()).isEqualTo(200);
        }
        String unreadable = Wire.ask(server.port(), "GET", "/api/v1/datasets", "Accept: foo");
        assertThat(Wire.status(unreadable)).isEqualTo(400);
        assertThat(unreadable).contains("/problems/malformed-request");
    }

    @Test
    void showsErrorsAsProblemsToThoseWhoWantSomethingElse() {
        assertThat(http.get("/nope", "Accept", "text/html").header("Content-Type"))
                .isEqualTo("application/problem+json");
    }

    @Test
    void doesNotTrace() throws IOException {
        String answer = Wire.ask(server.port(), "TRACE", "/api/v1/datasets", "X-Secret: 42");
        assertThat(Wire.status(answer)).isEqualTo(405);
        assertThat(answer).contains("/problems/method-not-allowed").doesNotContain("X-Secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/exports/%zz",
                "/api/v1/exports/%",
                "/api/v1/exports/%00",
                "/api/v1/exports/%2f%2e%2e",
                "/api/v1/exports/..%5c",
                "/../../etc/passwd",
                "//etc/passwd",
                "/api/v1/exports;x=1/..;/y",
                "/api/v1/exports?state=%zz",
                "/api/v1/exports?%zz=1",
                "/api/v1/exports?=",
                "/api/v1/exports?limit",
                "/api/v1/exports?a[]=<script>",
                "/api/v1/exports?" + "a=1&a=2",
                "/api/v1/datasets/%c0%ae",
                "/api/v1/datasets/%F0%9F%8E%89",
                "/api/v1/datasets/'%20or%201=1--",
                "/\u00e4",
                "/api/v1/exports?cursor=%00",
                "/api/v1/exports?dataset=\ud83c",
                "*",
                "http://evil.example/api/v1/exports?x=1"
            })
    void isNeverAnInternalErrorForAnOddTarget(String target) throws IOException {
        assertOnlyClientErrors(Wire.ask(server.port(), "GET", target));
        assertOnlyClientErrors(Wire.ask(server.port(), "POST", target, "Content-Length: 0"));
        assertOnlyClientErrors(Wire.ask(server.port(), "DELETE", target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: ;;;",
                "Content-Type: ;;;",
                "If-None-Match: \"",
                "If-None-Match: \u00e9",
                "If-Modified-Since: yesterday",
                "Prefer: wait=\"",
                "Prefer: ,,,;;;===",
                "Range: bytes=",
                "Range: \u00ff",
                "Accept-Language: ***",
                "Accept-Charset: x",
                "Accept-Encoding: ;q=x",
                "Cookie: =;=;",
                "Forwarded: for=\"",
                "X-Forwarded-For: \u00ff",
                "X-HTTP-Method-Override: TRACE",
                "Origin: null",
                "Content-Length: x",
                "Content-Length: -1",
                "No colon",
                "Expect: nothing",
                "Upgrade: h2c",
                "Connection: Upgrade",
                "Authorization: Basic !!!",
                "Host: a b"
            })
    void isNeverAnInternalErrorForAnOddHeader(String line) throws IOException {
        for (String path :
                new String[] {"/api/v1/datasets", "/api/v1/exports", "/api/v1/exports/x", "/api/v1/exports/x/file"}) {
            assertThat(Wire.status(Wire.ask(server.port(), "GET", path, line))).isLessThan(500);
            assertThat(Wire.status(Wire.ask(server.port(), "POST", path, line, "Content-Length: 0")))
                    .isLessThan(500);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "G{T / HTTP/1.1",
                "CONNECT a:80 HTTP/1.1",
                "GET /api/v1/datasets HTTP/3.0",
                "GET /api/v1/datasets/%00 HTTP/1.1",
                "GET /api/v1/datasets/<a> HTTP/1.1",
                "GET /../x HTTP/1.1",
                "POST /api/v1/exports HTTP/1.1\r\nTransfer-Encoding: nonsense",
                "POST /api/v1/exports HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
                "POST /api/v1/exports HTTP/1.1\r\nContent-Length: x",
                "GET /api/v1/datasets HTTP/1.1\r\nHost: a",
                "GET /api/v1/datasets HTTP/1.1\r\nExpect: wonders"
            })
    void isTheAnswerToWhatTheContainerRefusesBeforeUs(String request) throws IOException {
        String answer = Wire.send(server.port(), request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(Wire.status(answer)).isEqualTo(400);
        assertThat(answer)
                .contains("Content-Type: application/problem+json")
                .contains("\"type\":\"/problems/malformed-request\"")
                .contains("\"instance\":\"urn:uuid:")
                .doesNotContain("<html");
    }

    @Test
    void lendsNothingToOtherOrigins() throws IOException {
        String preflight = Wire.ask(
                server.port(),
                "OPTIONS",
                "/api/v1/exports",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: POST");
        assertThat(preflight).doesNotContainIgnoringCase("Access-Control-Allow");
        assertThat(Wire.ask(server.port(), "GET", "/api/v1/exports", "Origin: http://evil.example"))
                .doesNotContainIgnoringCase("Access-Control-Allow");
    }

    private static void assertOnlyClientErrors(String answer) {
        assertThat(Wire.status(answer)).isBetween(200, 499);
        assertThat(answer)
                .doesNotContain("Exception")
                .doesNotContain("Tomcat")
                .doesNotContain("at org.")
                .doesNotContain("X-Powered-By");
    }
}
