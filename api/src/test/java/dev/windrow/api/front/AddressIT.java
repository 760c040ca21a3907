package dev.windrow.api.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser sends for pages that have no business here, and what scripts and our own pages send. */
class AddressIT {
    private static final String START = "{\"dataset\":\"notes\"}";

    private final ApiServer server = ApiServer.empty();
    private final String export = new Http(server.port()).start(START).header("Location");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/exports",
                "GET /api/v1/datasets",
                "GET /",
                "GET /windrow.js",
                "GET /v3/api-docs",
                "GET /d/x/y.zip",
                "GET /nope",
                "POST /api/v1/exports",
                "DELETE /api/v1/exports/x",
                "OPTIONS /api/v1/exports",
                "GET /actuator/info",
                "GET /actuator/health/../../api/v1/exports",
                "GET /actuator/health/%2e%2e/%2e%2e/api/v1/exports",
                "GET /api/v1/exports/../../../actuator/health",
                "GET /actuator/health;/liveness",
                "GET /actuator/healthy"
            })
    void refusesAHostThatIsNotOurs(String request) throws IOException {
        for (String host : new String[] {"evil.example", "evil.example:" + server.port(), "127.0.0.1.evil.example"}) {
            assertThat(Wire.send(
                            server.port(),
                            request + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host + "\r\n"
                                    + "Access-Control-Request-Method: POST\r\n\r\n"))
                    .startsWith("HTTP/1.1 421")
                    .contains("\"type\":\"/problems/misdirected\"", "windrow.page.hosts", "application/problem+json");
        }
    }

    @Test
    void answersHealthUnderAnyName() throws IOException {
        // The API alone has no such route: the refusal would come first.
        for (String path : new String[] {"/actuator/health", "/actuator/health/liveness"}) {
            assertThat(Wire.send(server.port(), "GET " + path + " HTTP/1.1\r\nHost: pod-7.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("Connection: close");
            assertThat(Wire.send(server.port(), "GET " + path + " HTTP/1.0\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1\\r\\nHost: localhost|200",
                "HTTP/1.1\\r\\nHost: 127.8.0.1:99|200",
                "HTTP/1.1\\r\\nHost: [::1]:8080|200",
                "HTTP/1.1\\r\\nHost: LOCALHOST.:80|200",
                "HTTP/1.1\\r\\nHost: exports.example|200",
                "HTTP/1.0\\r\\nHost: localhost|200",
                "HTTP/1.0\\r\\nHost: evil.example|421",
                "HTTP/1.0|421",
                "HTTP/1.1\\r\\nHost:|421",
                "HTTP/1.1|400",
                "HTTP/1.1\\r\\nHost: localhost\\r\\nHost: evil.example|400",
                "HTTP/1.1\\r\\nHost: localhost@evil.example|400",
                "HTTP/1.1\\r\\nHost: [::1%25lo]|400",
                "HTTP/1.1\\r\\nHost: localhost\\r\\nX-Forwarded-Host: evil.example|200"
            })
    void judgesTheHostThatIsThere(String rest, int status) throws IOException {
        String answer = Wire.send(
                server.port(),
                "GET /api/v1/datasets " + rest.replace("\\r\\n", "\r\n") + "\r\nConnection: close\r\n\r\n");
        assertThat(Wire.status(answer)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost,localhost,200",
        "http://exports.example,exports.example,200",
        "http://evil.example,evil.example,421",
        "http://evil.example,localhost,400",
        "http://localhost,evil.example,400",
        "http://localhost@evil.example,localhost,400",
        "http://localhost@evil.example,evil.example,421",
    })
    void judgesTheAuthorityOfAnAbsoluteTarget(String target, String host, int status) throws IOException {
        String answer = Wire.send(
                server.port(),
                "GET " + target + "/api/v1/datasets HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(Wire.status(answer)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: ",
                "Origin: http://localhost:3000",
                "Origin: http://localhost.evil.example",
                "Origin: http://localhost@evil.example",
                "Origin: http://evil.example#localhost",
                "Origin: https://exports.example.evil.example",
                "Origin: https://exports.example:9443",
                "Origin: ftp://localhost",
                "Origin: localhost",
                "Origin: https://shop.example.evil.example",
                "Origin: https://shop.example\r\nOrigin: https://evil.example",
                "Origin: https://evil.example\r\nSec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: cross-site"
            })
    void letsNoPageOfAnotherSiteChangeAnything(String header) throws IOException {
        for (String type : new String[] {
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"
        }) {
            for (String target : new String[] {
                "/cancel", "/retry", "/links", "",
            }) {
                String method = target.isEmpty() ? "DELETE" : "POST";
                assertRefused(Wire.ask(
                        server.port(), method, export + target, header, "Content-Type: " + type, "Content-Length: 0"));
            }
            assertRefused(Wire.ask(
                    server.port(),
                    "POST",
                    "/api/v1/exports",
                    header,
                    "Content-Type: " + type,
                    "Content-Length: " + START.length(),
                    "",
                    START));
        }
        assertThat(new Http(server.port()).get(export).json().path("state").asString())
                .isEqualTo("queued");
        assertThat(new Http(server.port()).get("/api/v1/exports").json().path("items"))
                .hasSize(1);
    }

    private static void assertRefused(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 403").contains("/problems/forbidden", "windrow.page.origins");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,X-Script: yes",
        "localhost,Origin: http://localhost",
        "localhost:8080,Origin: http://localhost:8080",
        "localhost:8080,Origin: https://localhost:8080",
        "localhost:80,Origin: http://localhost",
        "localhost:443,Origin: https://localhost",
        "exports.example,Origin: https://exports.example",
        "exports.example,Origin: http://exports.example",
        "127.0.0.1:8080,Origin: https://exports.example",
        "localhost,Origin: https://shop.example",
        "exports.example,'Origin: https://exports.example:9443|Sec-Fetch-Site: same-origin'",
        "localhost,Sec-Fetch-Site: none",
        "localhost,Sec-Fetch-Site: same-origin",
        "localhost,Sec-Fetch-Site: same-site"
    })
    void letsScriptsOurOwnPagesAndThoseOfTheSettings(String host, String header) throws IOException {
        String answer = Wire.send(
                server.port(),
                "POST " + export + "/cancel HTTP/1.1\r\nHost: " + host + "\r\n" + header.replace("|", "\r\n")
                        + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 202");
    }

    @Test
    void letsEverybodyAskWhatMayBeSeen() throws IOException {
        assertThat(Wire.ask(server.port(), "GET", export, "Origin: https://evil.example", "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("Access-Control-Allow-Origin");
    }
}
