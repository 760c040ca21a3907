package dev.windrow.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What stands before the path of a link, by the settings and by what a request says. Names of ours are the loopback's
 * and exports.example.
 */
class PublicAddressIT {
    @Test
    void isThatOfTheSettingsWhateverARequestSays() {
        with("--test.page.url=https://example.com/exports/", address -> {
            assertThat(address.of("Host: localhost:1")).isEqualTo("https://example.com/exports");
            assertThat(address.of(
                            "Host: localhost",
                            "X-Forwarded-Host: exports.example",
                            "X-Forwarded-Prefix: /other",
                            "X-Forwarded-Proto: http"))
                    .isEqualTo("https://example.com/exports");
        });
    }

    @Test
    void isWhatATrustedProxySays() {
        with("--server.forward-headers-strategy=native", address -> {
            assertThat(address.of("Host: 127.0.0.1:8080")).isEqualTo("http://127.0.0.1:8080");
            assertThat(address.of("Host: exports.example", "X-Forwarded-Proto: https"))
                    .isEqualTo("https://exports.example");
            assertThat(address.of("Host: exports.example:8443", "X-Forwarded-Proto: https"))
                    .isEqualTo("https://exports.example:8443");
            assertThat(address.of(
                            "Host: 127.0.0.1:8080",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Host: exports.example",
                            "X-Forwarded-Port: 443",
                            "X-Forwarded-Prefix: /exports"))
                    .isEqualTo("https://exports.example/exports");
            assertThat(address.of("Host: 127.0.0.1:8080", "X-Forwarded-Host: exports.example"))
                    .as("the port of the container is not that of the proxy")
                    .isEqualTo("http://exports.example");
            assertThat(address.of("Host: localhost", "X-Forwarded-Host: exports.example:81, localhost:82"))
                    .isEqualTo("http://exports.example:81");
            assertThat(address.of("Host: exports.example", "X-Forwarded-Port: 81"))
                    .isEqualTo("http://exports.example:81");
        });
    }

    @Test
    void takesNoStrangersHostAndNoPathThatIsNone() {
        with("--server.forward-headers-strategy=native", address -> {
            assertThat(address.of("Host: evil.example")).isEqualTo("421");
            assertThat(address.of("Host: localhost", "X-Forwarded-Host: evil.example"))
                    .isEqualTo("421");
            assertThat(address.of("Host: localhost", "X-Forwarded-Host: localhost@evil.example"))
                    .isEqualTo("421");
            assertThat(address.of("Host: localhost", "X-Forwarded-Host: evil.example/localhost"))
                    .isEqualTo("421");
            assertThat(address.of("Host: localhost", "X-Forwarded-Prefix: //evil.example/../a//b/"))
                    .isEqualTo("http://localhost/evil.example/a/b");
            assertThat(address.of("Host: localhost", "X-Forwarded-Prefix: /a, /b"))
                    .isEqualTo("http://localhost/a/b");
            assertThat(address.of("Host: localhost", "X-Forwarded-Prefix: /a?b=c"))
                    .isEqualTo("http://localhost");
            assertThat(address.of("Host: localhost", "X-Forwarded-Prefix: /a\"b#c/<d>/e"))
                    .isEqualTo("http://localhost/e");
            assertThat(address.of("Host: localhost", "X-Forwarded-Port: 99999999"))
                    .isEqualTo("http://localhost");
        });
    }

    @Test
    void isNotWhatSomebodySaysWhoIsNoTrustedProxy() {
        with(
                "--server.tomcat.remoteip.internal-proxies=10\\.9\\.8\\.7",
                address -> assertThat(address.of(
                                "Host: localhost",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: exports.example",
                                "X-Forwarded-Prefix: /exports"))
                        .isEqualTo("http://localhost"));
    }

    @Test
    void isWhatSpringsOwnFilterMakesOfForwardedHeaders() {
        with("--server.forward-headers-strategy=framework", address -> {
            assertThat(address.of(
                            "Host: 127.0.0.1:8080",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Host: exports.example",
                            "X-Forwarded-Prefix: /exports"))
                    .isEqualTo("https://exports.example/exports");
            assertThat(address.of("Host: localhost", "X-Forwarded-Host: evil.example"))
                    .isEqualTo("421");
            assertThat(address.of("Host: evil.example")).isEqualTo("421");
        });
    }

    private static void with(String setting, Consumer<Asked> work) {
        String[] settings = setting.contains("internal-proxies")
                ? new String[] {setting, "--server.forward-headers-strategy=native"}
                : new String[] {setting};
        ApiServer server = ApiServer.start(settings);
        try {
            String export =
                    new Http(server.port()).start("{\"dataset\":\"notes\"}").header("Location");
            server.complete(server.claim(), new byte[] {1});
            work.accept(new Asked(server, export));
        } finally {
            server.stop();
        }
    }

    private record Asked(ApiServer server, String export) {
        /**
         * What stands before the path of a link that is asked for with these headers; the status where there is none.
         */
        String of(String... headers) {
            String request = "POST " + export + "/links HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            try {
                String answer = Wire.send(server.port(), request);
                return Wire.status(answer) == 201
                        ? answer.replaceFirst("(?s).*\"url\":\"(.*)/d/.*", "$1")
                        : Integer.toString(Wire.status(answer));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
