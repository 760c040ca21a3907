package dev.windrow.api.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies: where none belong, too long, without a length, in pieces, behind another request. */
@Tag("slow")
class BodyIT {
    private static final String START = "{\"dataset\":\"notes\"}";
    private static final String HEAD =
            "POST /api/v1/exports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /actuator/health",
                "POST /actuator/health/liveness",
                "GET /api/v1/exports",
                "HEAD /api/v1/exports",
                "OPTIONS /api/v1/exports",
                "DELETE /api/v1/exports/x",
                "PUT /api/v1/exports/x",
                "POST /api/v1/exports/x/cancel",
                "POST /api/v1/exports/x/retry",
                "GET /api/v1/exports/x/links",
                "GET /d/x/y.zip",
                "PROPFIND /nope"
            })
    void areRefusedWhereNoneBelong(String request) throws IOException {
        String head = request + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        assertTooLarge(Wire.send(server.port(), head + "Content-Length: 3\r\n\r\n[1]"), request);
        assertTooLarge(
                Wire.send(server.port(), head + "Transfer-Encoding: chunked\r\n\r\n3\r\n[1]\r\n0\r\n\r\n"), request);
        // Nothing of it has come, and nothing is waited for.
        assertTooLarge(Wire.send(server.port(), head + "Content-Length: 1000000000000\r\n\r\n"), request);
    }

    private static void assertTooLarge(String answer, String request) {
        assertThat(answer).as(request).startsWith("HTTP/1.1 413").contains("Connection: close", "problem+json");
        if (!request.startsWith("HEAD")) {
            assertThat(answer).contains("/problems/too-large").contains("takes no body");
        }
    }

    @Test
    void mayBeEmptyAnywhere() throws IOException {
        assertThat(Wire.ask(server.port(), "GET", "/api/v1/datasets", "Content-Length: 0"))
                .startsWith("HTTP/1.1 200");
        String export = http.start(START).header("Location");
        assertThat(Wire.ask(server.port(), "POST", export + "/cancel", "Content-Length: 0"))
                .startsWith("HTTP/1.1 202");
    }

    @Test
    @Timeout(60)
    void areNotReadOnWhenTheyAreTooLong() throws IOException {
        for (String length : new String[] {"Content-Length: 1000000000000", "Transfer-Encoding: chunked"}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                OutputStream out = socket.getOutputStream();
                out.write((HEAD + length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
                long sent = 0;
                try {
                    for (; sent < 1L << 32; sent += chunk.length) {
                        out.write(chunk);
                    }
                } catch (SocketException closed) {
                    // As it should.
                }
                // What the kernels hold, and what is thrown away for the answer's sake.
                assertThat(sent).isLessThan(32L << 20);
            }
        }
        assertThat(http.get("/api/v1/exports").json().path("items")).isEmpty();
    }

    @Test
    void thatAreTooLongAreAnsweredThoughTheirSenderListensLate() throws IOException {
        String answer = Wire.send(server.port(), HEAD + "Content-Length: 300000\r\n\r\n" + " ".repeat(300_000));
        assertThat(answer).startsWith("HTTP/1.1 413").contains("/problems/too-large");
    }

    @Test
    void areTakenInPiecesOfAnySize() throws IOException {
        StringBuilder pieces = new StringBuilder();
        START.chars().forEach(c -> pieces.append("1;x=y\r\n").append((char) c).append("\r\n"));
        assertThat(Wire.send(
                        server.port(),
                        HEAD + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces
                                + "0\r\nX: y\r\n\r\n"))
                .startsWith("HTTP/1.1 202");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            socket.setTcpNoDelay(true);
            String request = HEAD + "Connection: close\r\nContent-Length: " + START.length() + "\r\n\r\n" + START;
            for (byte one : request.getBytes(StandardCharsets.US_ASCII)) {
                out.write(one);
                out.flush();
            }
            assertThat(text(socket.getInputStream())).startsWith("HTTP/1.1 202");
        }
    }

    @Test
    void leaveTheConnectionToTheNextRequest() throws IOException {
        String one = HEAD + "Content-Length: " + START.length() + "\r\n\r\n" + START;
        String last = "GET /api/v1/exports?limit=200 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        String answers = Wire.send(server.port(), one.repeat(5) + last);
        assertThat(answers.split("HTTP/1.1 202", -1)).hasSize(6);
        assertThat(answers).contains("HTTP/1.1 200");
    }

    @Test
    void areAskedForWhenTheirSenderWaitsToBeAsked() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write((HEAD + "Expect: 100-continue\r\nConnection: close\r\nContent-Length: " + START.length()
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] go = socket.getInputStream().readNBytes("HTTP/1.1 100".length());
            assertThat(new String(go, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
            out.write(START.getBytes(StandardCharsets.US_ASCII));
            assertThat(text(socket.getInputStream())).contains("HTTP/1.1 202");
        }
        assertThat(Wire.send(server.port(), HEAD + "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void ofHttp10InChunksHideNoSecondRequest() throws IOException {
        String hidden = "GET /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (String body :
                new String[] {"0\r\n\r\n", Integer.toHexString(START.length()) + "\r\n" + START + "\r\n0\r\n\r\n"}) {
            String answers = Wire.send(
                    server.port(),
                    HEAD.replace("HTTP/1.1", "HTTP/1.0")
                            + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n" + body + hidden);
            assertThat(answers.split("HTTP/1.1 ", -1)).as(answers).hasSize(2);
        }
    }

    /** All at once, since each is given its time. */
    @Test
    @Timeout(60)
    void ofManyWhoStallHoldUpNobody() throws Exception {
        String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 9\r\n";
        try (Crowd slow = new Crowd(server.port());
                Crowd chunked = new Crowd(server.port());
                Crowd needless = new Crowd(server.port())) {
            slow.send(150, HEAD + "Content-Length: 100\r\n\r\n{");
            slow.keepSending(1);
            chunked.send(
                    20,
                    HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
                    HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            // What is answered without its body is not waited for.
            needless.send(
                    100,
                    "GET /%00" + rest + "\r\n",
                    "TRACE /" + rest + "\r\n",
                    "POST /api/v1/exports" + rest + "Expect: 100-continue\r\nContent-Type: text/plain\r\n\r\n",
                    "OPTIONS /api/v1/exports" + rest
                            + "Origin: https://shop.example\r\nAccess-Control-Request-Method: POST\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
                assertThat(http.start(START).status()).isEqualTo(202);
            }
            assertThat(slow.answered() + chunked.answered())
                    .as("who stalls still holds on")
                    .isZero();
            // A byte now and then makes the time no longer.
            assertThat(slow.answers(Duration.ofSeconds(16)))
                    .hasSize(150)
                    .allSatisfy(answer -> assertThat(answer)
                            .startsWith("HTTP/1.1 408")
                            .contains("/problems/request-timeout", "Connection: close"));
            assertThat(chunked.answers(Duration.ofSeconds(16)))
                    .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 408"));
            assertThat(needless.answers(Duration.ofSeconds(16)))
                    .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 "));
        }
    }

    @Test
    @Timeout(60)
    void ofTooManyWhoStallGiveWayToWhoDoesNot() throws Exception {
        try (Crowd crowd = new Crowd(server.port())) {
            // 300 of 60,000 bytes would be 18 MB.
            crowd.send(300, HEAD + "Content-Length: 65000\r\n\r\n" + " ".repeat(60_000));
            assertThat(http.start(START).status()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(5)).until(() -> crowd.answered() >= 150);
            assertThat(crowd.answers(Duration.ofSeconds(16)))
                    .hasSize(300)
                    .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 408"));
            assertThat(http.start(START).status()).isEqualTo(202);
        }
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
