package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every process of Windrow has before its routes, whichever part it plays, on all of its ports. */
final class FrontIT {
    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String READINESS = "/actuator/health/readiness";

    @TempDir
    Path folder;

    @Test
    void refusesBodiesAndStrangersInEveryRole() throws Exception {
        String[] settings = settings();
        assertThat(ProcessRun.windrow(folder, "migrate", settings[0]).exit()).isZero();
        for (String role : new String[] {"worker", "api"}) {
            try (ServingProcess process = ServingProcess.start(folder, role, settings)) {
                assertThat(process.client.get(LIVENESS).status()).isEqualTo(200);
                List<String> before = ofRequests(process);
                assertTheFrontOf(process.port);
                for (String hostile : new String[] {"/../../etc/passwd", "/%00", "/favicon.ico", "/.env", "/a;/b"}) {
                    assertThat(answer(process.port, "GET " + hostile, "Host: localhost\r\nAccept: ;;;"))
                            .startsWith("HTTP/1.1 4")
                            .contains("application/problem+json");
                }
                assertThat(ofRequests(process)).isEqualTo(before);
            }
        }
    }

    /** What the log says, but for the sweeps, which have their own times, and the audit, which samples refusals. */
    private static List<String> ofRequests(ServingProcess process) throws IOException {
        return process.log()
                .lines()
                .filter(line -> !line.contains("[windrow-sweeper]") && !line.contains(" audit: audit {"))
                .toList();
    }

    @Test
    void refusesThemOnThePortOfManagementToo() throws Exception {
        try (RunningWindow windrow = RunningWindow.sensors(
                folder.resolve("home"), "--management.server.port=0", "--management.server.address=")) {
            int port = windrow.managementPort();
            assertThatThrownBy(() -> new Socket("127.0.0.2", port).close())
                    .as("it listens where the server does")
                    .isInstanceOf(ConnectException.class);
            assertThat(answer(port, "GET " + READINESS, "Host: pod.example")).startsWith("HTTP/1.1 200");
            assertTheFrontOf(port);
        }
    }

    private static void assertTheFrontOf(int port) throws IOException {
        for (String path : new String[] {LIVENESS, READINESS, "/actuator/health", "/actuator/info", "/nope"}) {
            assertThat(answer(
                            port,
                            "GET " + path,
                            "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 3",
                            "[1]"))
                    .startsWith("HTTP/1.1 413")
                    .contains("/problems/too-large");
        }
        assertThat(answer(port, "GET " + LIVENESS, "Host: pod.example"))
                .startsWith("HTTP/1.1 200")
                .contains("X-Content-Type-Options: nosniff", "Referrer-Policy: ", "Cross-Origin-Resource-Policy: ");
        assertThat(answer(port, "GET /actuator/info", "Host: evil.example"))
                .startsWith("HTTP/1.1 421")
                .contains("/problems/misdirected");
        assertThat(answer(
                        port,
                        "POST /actuator/info",
                        "Host: localhost\r\nOrigin: https://evil.example\r\nContent-Length: 0"))
                .startsWith("HTTP/1.1 403");
        assertNoneOfALongBodyIsKept(port);
    }

    /** It was kept whole once, in memory, and ended the process. */
    private static void assertNoneOfALongBodyIsKept(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + LIVENESS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n2\r\n{\"\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            long sent = 0;
            try {
                for (; sent < 1L << 30; sent += chunk.length) {
                    out.write(chunk);
                }
            } catch (SocketException closed) {
                // As it should.
            }
            assertThat(sent).isLessThan(32L << 20);
        }
    }

    @Test
    void answersHealthWithinASecondWhateverCallersDo() throws Exception {
        List<Socket> callers = new ArrayList<>();
        try (ServingProcess process = ServingProcess.start(folder, "all", settings())) {
            String start = "POST /api/v1/exports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
            for (int i = 0; i < 2_000; i++) {
                callers.add(begin(process.port, "GET " + READINESS + " HTTP/1.1\r\nHost: localhost\r\nX: "));
            }
            for (int i = 0; i < 150; i++) {
                callers.add(begin(process.port, start + "Content-Length: 100\r\n\r\n{"));
                callers.add(begin(process.port, start + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"));
            }
            assertAnswersInTime(process, 20);
            for (int i = 0; i < 100; i++) {
                // Asks much, and reads none of it.
                callers.add(begin(process.port, "GET /v3/api-docs HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100)));
            }
            // While they fill their connections they take what processor there is.
            assertThat(process.client.get(LIVENESS).status()).isEqualTo(200);
            assertAnswersInTime(process, 20);
            for (Socket caller : callers) {
                caller.close();
            }
            process.client.complete("{\"dataset\":\"sensors\"}");
            assertThat(process.log()).doesNotContain("OutOfMemory", "\tat ");
        }
    }

    /** By the median: the machine has other things to do as well. What holds a request up does so for ten seconds. */
    private static void assertAnswersInTime(ServingProcess process, int times) {
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long before = System.nanoTime();
            assertThat(process.client.get(i % 2 == 0 ? LIVENESS : READINESS).status())
                    .isEqualTo(200);
            taken.add(Duration.ofNanos(System.nanoTime() - before));
        }
        taken.sort(null);
        assertThat(taken.get(times / 2)).as("of %s", taken).isLessThan(Duration.ofSeconds(5));
    }

    private static Socket begin(int port, String text) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String[] settings() throws IOException {
        return new String[] {
            "--windrow.home=" + folder.resolve("home"),
            "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml")
        };
    }

    private static String answer(int port, String request, String headers, String... body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n\r\n"
                                    + String.join("", body))
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
