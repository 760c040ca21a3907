package dev.windrow.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PageOriginsIT {
    private static final String PAGE = "Origin: https://shop.example";
    private static final String EXPORTS = "/api/v1/exports";
    private final ApiServer server = ApiServer.empty();

    @Test
    void letsAPageOfAnAllowedSiteSeeAnswersAndWhatBelongsToThem() throws IOException {
        String answer = Wire.ask(server.port(), "GET", EXPORTS, PAGE);
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Access-Control-Allow-Origin: https://shop.example\r\n")
                .contains("Vary: Origin\r\n")
                .doesNotContain("Allow-Credentials");
        assertThat(answer.lines()
                        .filter(line -> line.startsWith("Access-Control-Expose-Headers: "))
                        .findFirst()
                        .orElseThrow())
                .contains("Location", "ETag", "Retry-After", "Content-Disposition", "Repr-Digest", "RateLimit");
    }

    @Test
    void letsThePageSeeProblemsToo() throws IOException {
        for (String target : new String[] {EXPORTS + "/x", EXPORTS + "?limit=0", "/api/v1/nothing"}) {
            assertThat(Wire.ask(server.port(), "GET", target, PAGE))
                    .startsWith("HTTP/1.1 4")
                    .contains("application/problem+json")
                    .contains("Access-Control-Allow-Origin: https://shop.example\r\n")
                    .contains("Access-Control-Expose-Headers: ")
                    .contains("Vary: Origin\r\n");
        }
    }

    @Test
    void allowsWhatTheButtonNeedsBeforeItAsks() throws IOException {
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
            String answer = Wire.ask(
                    server.port(),
                    "OPTIONS",
                    EXPORTS,
                    PAGE,
                    "Access-Control-Request-Method: " + method,
                    "Access-Control-Request-Headers: authorization,content-type,idempotency-key,last-event-id");
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("Access-Control-Allow-Origin: https://shop.example\r\n")
                    .containsPattern("Access-Control-Allow-Methods: .*" + method)
                    .containsPattern("Access-Control-Allow-Headers: .*authorization.*idempotency-key")
                    .contains("Access-Control-Max-Age: 3600");
        }
    }

    @Test
    void keepsAnswersFromThePagesOfOtherSites() throws IOException {
        for (String origin : new String[] {"https://evil.example", "http://shop.example", "null"}) {
            assertThat(Wire.ask(server.port(), "GET", EXPORTS, "Origin: " + origin))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Access-Control-Allow")
                    .contains("Vary: Origin\r\n");
            assertThat(Wire.ask(
                            server.port(),
                            "OPTIONS",
                            EXPORTS,
                            "Origin: " + origin,
                            "Access-Control-Request-Method: DELETE"))
                    .doesNotContain("Access-Control-Allow");
        }
    }

    @Test
    void saysNothingOfItOutsideOfTheApiAndTheButton() throws IOException {
        assertThat(Wire.ask(server.port(), "GET", "/v3/api-docs", PAGE)).doesNotContain("Access-Control-Allow");
        assertThat(Wire.ask(server.port(), "GET", "/windrow.js", PAGE)).contains("Access-Control-Allow-Origin: ");
    }
}
