package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Certificate;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Which way the bytes of a download take in the whole product, and what a shutdown does to it. */
final class DownloadIT {
    /** More than the buffers between a server and a reader that reads nothing. */
    private static final int BYTES = 16 << 20;

    @TempDir
    Path folder;

    private Path catalog;
    private Path log;

    @BeforeEach
    void makeSource() throws Exception {
        catalog = Samples.noise(folder, BYTES);
        log = folder.resolve("log");
    }

    private RunningWindow serve(String... settings) {
        List<String> all = new ArrayList<>(List.of("--logging.file.name=" + log, "--logging.threshold.file=info"));
        all.addAll(List.of(settings));
        return RunningWindow.start(folder.resolve("home"), catalog, all.toArray(String[]::new));
    }

    @Test
    void isSentByTheSystemOnPlainHttpAndCopiedWhereTlsEndsHere() throws Exception {
        JsonNode export;
        String tag;
        try (RunningWindow plain = serve()) {
            export = plain.client.complete("{\"dataset\":\"media\"}");
            Answer whole = plain.client.get(export.at("/file/url").asString());
            tag = whole.header("ETag");
            assertThat(Digests.hex(whole.bytes()))
                    .isEqualTo(export.at("/file/sha256").asString());
            awaitLine("bytes given to sendfile");
        }
        Files.delete(log);
        Certificate certificate = Certificate.make(folder, "exports.example");
        try (RunningWindow secure = serve(certificate.settings().toArray(String[]::new))) {
            Http client =
                    Http.trusting(certificate.trusting(), secure.client.url().replace("http:", "https:"));
            String file = export.at("/file/url").asString();
            Answer rest = client.get(file, "Range", "bytes=100000-", "If-Range", tag);
            assertThat(rest.status()).isEqualTo(206);
            assertThat(rest.header("ETag")).isEqualTo(tag);
            Answer whole = client.get(file);
            assertThat(Digests.hex(whole.bytes()))
                    .isEqualTo(export.at("/file/sha256").asString());
            assertThat(rest.bytes()).isEqualTo(Arrays.copyOfRange(whole.bytes(), 100_000, whole.bytes().length));
            awaitLine(whole.bytes().length + " bytes sent");
            assertThat(Files.readString(log)).doesNotContain("sendfile");
        }
    }

    private void awaitLine(String part) {
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.readString(log).contains(part));
    }

    /** Alone, each: one that is copied holds the server's stop for one that is sent, too. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Range: bytes=0-99,10000-\r\n"})
    void endsWholeThoughTheServerIsStoppedMeanwhile(String header) throws Exception {
        try (ServingProcess server = ServingProcess.start(
                folder, "all", "--windrow.home=" + folder.resolve("home"), "--windrow.catalog=" + catalog)) {
            JsonNode export = server.client.complete("{\"dataset\":\"media\"}");
            int bytes = export.at("/file/bytes").asInt();
            try (Socket reader = ask(server, export, header)) {
                CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
                await().atMost(Duration.ofSeconds(60)).until(() -> takesNobody(server));
                byte[] answer = reader.getInputStream().readAllBytes();
                assertThat(answer).hasSizeGreaterThan(bytes - 9_900);
                if (header.isEmpty()) {
                    assertThat(Digests.hex(Arrays.copyOfRange(answer, answer.length - bytes, answer.length)))
                            .isEqualTo(export.at("/file/sha256").asString());
                }
                stopped.join();
            }
        }
    }

    /** Asks for the file, and reads no more than the first byte of the answer. */
    private static Socket ask(ServingProcess server, JsonNode export, String header) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port));
        socket.getOutputStream()
                .write(("GET " + export.at("/file/url").asString()
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        assertThat(answer.read()).as("the answer has begun").isEqualTo('H');
        return socket;
    }

    private static boolean takesNobody(ServingProcess server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        }
    }
}
