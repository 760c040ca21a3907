package dev.windrow.api.front;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Tag("slow")
class AnswerHeadersIT {
    private static final List<String> HOSTILE = List.of(
            "/etc/passwd",
            "/../../etc/passwd",
            "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF",
            "/..%2f..%2fetc/passwd",
            "/%2e%2e/%2e%2e/x",
            "/file:/etc/passwd",
            "/url:http://evil.example/x",
            "/a//b/./c/..;/d",
            "/%00",
            "/webjars/x",
            "/favicon.ico",
            "/.env",
            "/api/v1/exports/..%5c..%5cx");

    private final ApiServer server = ApiServer.empty();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/windrow.js",
                "/api/v1/datasets",
                "/api/v1/exports",
                "/api/v1/exports/x",
                "/api/v1/exports/x/file",
                "/api/v1/exports?x=1",
                "/v3/api-docs",
                "/d/x/y.zip",
                "/nope",
                "/%00",
                "/error",
                "/page/1/page.js"
            })
    void areOnEveryAnswerOnce(String path) throws IOException {
        for (String line : new String[] {"X: y", "Host: evil.example", "Content-Length: 1", "Accept: ;;;"}) {
            String host = line.startsWith("Host") ? "" : "Host: localhost\r\n";
            String answer = Wire.send(
                    server.port(), "GET " + path + " HTTP/1.1\r\n" + host + line + "\r\nConnection: close\r\n\r\n");
            String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
            for (String name : new String[] {
                "X-Content-Type-Options: nosniff",
                "Referrer-Policy: no-referrer",
                "Cross-Origin-Resource-Policy: ",
                "Content-Security-Policy: default-src 'none'; "
            }) {
                assertThat(head.split(name.substring(0, name.indexOf(' ')), -1))
                        .as(path + " " + line)
                        .hasSize(2);
                assertThat(head).contains(name);
            }
            assertThat(head).contains("frame-ancestors 'none'");
        }
    }

    @Test
    void lendTheElementAloneToOtherSites() {
        Http http = new Http(server.port());
        assertThat(http.get("/windrow.js").header("Cross-Origin-Resource-Policy"))
                .isEqualTo("cross-origin");
        for (String path : new String[] {"/", "/api/v1/exports", "/d/x/y.zip", "/nope"}) {
            assertThat(http.get(path).header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
    }

    @Test
    void comeWithoutALineInTheLogForWhatAnybodyMayAsk() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try {
            for (String target : HOSTILE) {
                Wire.ask(server.port(), "GET", target);
                Wire.ask(server.port(), "POST", target, "Content-Length: 0");
            }
            for (String accept : new String[] {";;;", "foo", "*/json", "a/b;q=x", "text/html;charset=\u00ff"}) {
                for (String path :
                        new String[] {"/api/v1/datasets", "/nope", "/", "/api/v1/exports/x/file", "/d/x/y"}) {
                    Wire.ask(server.port(), "GET", path, "Accept: " + accept);
                    Wire.ask(server.port(), "PUT", path, "Accept: " + accept, "Content-Length: 0");
                }
            }
            Wire.ask(server.port(), "GET", "/api/v1/datasets", "Host: evil.example");
            Wire.send(server.port(), "nonsense\r\n\r\n");
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }
}
