package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Certificate;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Windrow on the network by TLS of its own, as the manual sets it up. */
final class TlsIT {
    private static final String SECRET = "correct horse, battery staple";
    private static final String[] KEY = {"Authorization", "Bearer " + SECRET};
    /** More than the buffers between a server and a reader that reads nothing. */
    private static final int BYTES = 16 << 20;

    @TempDir
    Path folder;

    private Path catalog;

    @BeforeEach
    void makeSource() throws Exception {
        catalog = Samples.noise(folder, BYTES);
    }

    private RunningWindow serve(Certificate certificate) {
        return RunningWindow.start(
                folder.resolve("home"),
                catalog,
                "--server.ssl.bundle=exports",
                "--spring.ssl.bundle.pem.exports.reload-on-update=true",
                "--spring.ssl.bundle.pem.exports.keystore.verify-keys=true",
                "--spring.ssl.bundle.pem.exports.keystore.certificate=" + certificate.certificate(),
                "--spring.ssl.bundle.pem.exports.keystore.private-key=" + certificate.key(),
                "--spring.ssl.bundle.watch.file.quiet-period=200ms",
                "--logging.file.name=" + folder.resolve("log"),
                "--windrow.page.url=https://exports.example",
                "--windrow.security.mode=api-keys",
                "--windrow.security.api-keys[0].name=shop",
                "--windrow.security.api-keys[0].sha256=" + Digests.hex(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestartAndDownloadsGoOn() throws Exception {
        Certificate first = Certificate.make(folder, "exports.example");
        try (RunningWindow windrow = serve(first)) {
            int port = port(windrow);
            Http client = Http.trusting(first.trusting(), "https://127.0.0.1:" + port);
            JsonNode export = complete(client);
            String digest = export.at("/file/sha256").asString();
            String file = export.at("/file/url").asString();
            assertThat(client.get(file).status()).isEqualTo(401);
            assertThat(Digests.hex(client.get(file, KEY).bytes())).isEqualTo(digest);
            try (SSLSocket reader = ask(first.trusting(), port, file)) {
                Certificate second = Certificate.make(folder, "exports.example");
                assertThat(second.x509()).isNotEqualTo(first.x509());
                await().atMost(Duration.ofSeconds(60)).until(() -> shown(second.trusting(), port));
                assertThat(shown(first.trusting(), port)).isFalse();
                Http renewed = Http.trusting(second.trusting(), "https://127.0.0.1:" + port);
                assertThat(renewed.get("/api/v1/me", KEY).status()).isEqualTo(200);
                assertThat(Digests.hex(body(reader, export.at("/file/bytes").asInt())))
                        .isEqualTo(digest);
            }
        }
    }

    @Test
    void aCertificateThatDoesNotFitItsKeyIsNotTaken() throws Exception {
        Certificate first = Certificate.make(folder, "exports.example");
        try (RunningWindow windrow = serve(first)) {
            int port = port(windrow);
            Certificate second = Certificate.make(folder.resolve("media"), "exports.example");
            put(first.certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
            await().atMost(Duration.ofSeconds(60)).until(() -> failures() == 1);
            assertThat(shown(first.trusting(), port)).isTrue();
            put(first.certificate(), Files.readString(second.certificate()));
            await().atMost(Duration.ofSeconds(60)).until(() -> failures() == 2);
            assertThat(shown(first.trusting(), port)).isTrue();
            put(first.key(), Files.readString(second.key()));
            await().atMost(Duration.ofSeconds(60)).until(() -> shown(second.trusting(), port));
        }
    }

    /** At once: a file that is seen while it is written counts as one that could not be taken. */
    private static void put(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** How often a certificate could not be taken. */
    private long failures() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("log"))) {
            return lines.filter(line -> line.contains("SSL reload error")).count();
        }
    }

    private static int port(RunningWindow windrow) {
        String url = windrow.client.url();
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    private static JsonNode complete(Http client) {
        Answer started = client.send(
                "POST",
                WindowClient.EXPORTS,
                "{\"dataset\":\"media\"}",
                "Content-Type",
                "application/json",
                KEY[0],
                KEY[1]);
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        String export = started.header("Location");
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> client.get(export, KEY).json(),
                        json -> json.path("state").asString().equals("completed"));
    }

    /** Asks for the file, and reads no more than the first byte of the answer. */
    private static SSLSocket ask(SSLContext context, int port, String file) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("GET " + file + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: " + KEY[1]
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).as("the answer has begun").isEqualTo('H');
        return socket;
    }

    private static byte[] body(SSLSocket reader, int bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = reader.getInputStream();
        in.transferTo(all);
        byte[] answer = all.toByteArray();
        return Arrays.copyOfRange(answer, answer.length - bytes, answer.length);
    }

    /** Whether a new connection is shown what this context believes. */
    private static boolean shown(SSLContext trusting, int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            return true;
        } catch (SSLException another) {
            return false;
        }
    }
}
