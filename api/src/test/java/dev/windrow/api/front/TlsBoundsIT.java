package dev.windrow.api.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Certificate;
import dev.windrow.testkit.Http;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is bounded on plain connections is so on encrypted ones. */
@Timeout(90)
@Tag("slow")
class TlsBoundsIT {
    /** The beginning of a client's greeting (RFC 8446, section 5.1), as ISO 8859-1. */
    private static final String GREETING = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003";

    @TempDir
    Path folder;

    private ApiServer server;
    private SSLContext context;

    private void start(String... settings) throws Exception {
        Certificate certificate = Certificate.make(folder, "exports.example");
        context = certificate.trusting();
        List<String> all = new ArrayList<>(certificate.settings());
        all.add("--server.tomcat.max-connections=40");
        all.addAll(List.of(settings));
        server = ApiServer.start(all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    /** By the container itself, to whom bytes of a greeting are no reading. */
    @Test
    void cutOffWhoDoesNotEndHisGreetingHoweverOftenAByteComes() throws Exception {
        start("--server.tomcat.connection-timeout=6s");
        try (Crowd crowd = new Crowd(server.port())) {
            crowd.send(20, GREETING);
            crowd.keepSending(1);
            assertThat(crowd.answered()).isZero();
            await().atMost(Duration.ofSeconds(60)).until(() -> crowd.answered() == 20);
        }
    }

    @Test
    void cutOffThoseWhoWaitWhereOthersFindNoPlace() throws Exception {
        start();
        Http http = Http.trusting(context, "https://127.0.0.1:" + server.port());
        try (Crowd crowd = new Crowd(server.port())) {
            for (int i = 0; i < 6; i++) {
                crowd.send(30, "", GREETING);
                assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> crowd.answered() >= 140);
        }
    }

    @Test
    void cutOffWhoSendsNoWholeHeader() throws Exception {
        start();
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setSoTimeout(40_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().readAllBytes()).asString().doesNotContain("200");
        }
    }
}
