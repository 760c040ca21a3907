package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.S3Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** API processes with homes of their own that give what a worker elsewhere has put into a bucket. */
@Tag("slow")
@Tag("machines")
final class FarApisIT {
    /** More than the buffers between a server and a reader. */
    private static final int BYTES = 16 << 20;

    private static final String SECRET = "the secret that signs the links of all of them";

    @TempDir
    Path folder;

    private S3Server bucket;
    private Machines machines;

    @BeforeEach
    void open() throws Exception {
        bucket = S3Server.start(folder.resolve("s3"), "windrow");
        Path catalog = Samples.noise(Files.createDirectory(folder.resolve("source")), BYTES);
        machines = Machines.none(folder, catalog, StatusServer.STARTED.port());
    }

    @AfterEach
    void close() {
        if (machines != null) {
            machines.close();
        }
        bucket.close();
    }

    private ServingProcess start(String name, String role, String... more) throws IOException {
        List<String> keys = new ArrayList<>(List.of("env", "WINDROW_LINKS_SECRET=" + SECRET));
        S3Server.environment().forEach((key, value) -> keys.add(key + "=" + value));
        List<String> settings = new ArrayList<>(List.of(
                "--windrow.artifacts.url=s3://windrow", "--windrow.artifacts.s3.endpoint=" + bucket.endpoint()));
        settings.addAll(List.of(more));
        return machines.start(name, role, keys, settings.toArray(String[]::new));
    }

    /** In the middle of its body; there is not a byte of it twice, and none is missing. */
    @Test
    void aDownloadGoesOnAtAnotherWhenItsProcessIsKilled() throws Exception {
        start("worker", "worker");
        ServingProcess one = start("one", "api");
        ServingProcess other = start("other", "api");
        JsonNode export = one.client.complete("{\"dataset\":\"media\"}");
        String file = export.at("/file/url").asString();
        URI link = URI.create(one.client
                .send("POST", file.replace("/file", "/links"), "")
                .json()
                .path("url")
                .asString());
        Answer whole = other.client.get(file);
        for (String path : List.of(file, link.getRawPath())) {
            byte[] begun = begin(one, path);
            assertThat(begun.length).isBetween(1, BYTES - 1);
            Answer rest =
                    other.client.get(path, "Range", "bytes=" + begun.length + "-", "If-Range", whole.header("ETag"));
            assertThat(rest.status())
                    .as("%s from %d: %s", path, begun.length, rest.response().headers())
                    .isEqualTo(206);
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            together.write(begun);
            together.write(rest.bytes());
            assertThat(Digests.hex(together.toByteArray()))
                    .isEqualTo(export.at("/file/sha256").asString());
            if (path.equals(file)) {
                one = start("again", "api");
            }
        }
    }

    /** What comes of a body whose server is killed after the first megabytes. */
    private byte[] begin(ServingProcess server, String path) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(1 << 14);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port));
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            byte[] piece = new byte[1 << 16];
            try {
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    answer.write(piece, 0, read);
                    if (answer.size() > 2 << 20) {
                        machines.kill(server);
                    }
                }
            } catch (SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
            int head = answer.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            return Arrays.copyOfRange(answer.toByteArray(), head, answer.size());
        }
    }

    @Test
    void theCommandFetchesFromTheBucketWhereTheServerSendsItThere() throws Exception {
        start("worker", "worker");
        ServingProcess api = start("api", "api", "--windrow.artifacts.serve=redirect");
        Path fetched = folder.resolve("media.zip");
        ProcessRun run =
                ProcessRun.windrow(folder, "export", "media", "--server=" + api.url(), "-o", fetched.toString());
        assertThat(run.exit()).as(run.all()).isZero();
        assertThat(api.log()).contains("bytes by a redirect to the store");
        // What was sent has its row a moment later.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                api.client.get("/api/v1/audit?action=download").text())
                        .contains("\"outcome\":\"redirect\""));
        JsonNode export = api.client.get("/api/v1/exports").json().path("items").get(0);
        assertThat(Digests.hex(Files.readAllBytes(fetched)))
                .isEqualTo(export.at("/file/sha256").asString());
        Answer sent = api.client.get(export.at("/file/url").asString());
        assertThat(sent.status()).isEqualTo(307);
        URI address = URI.create(sent.header("Location"));
        assertThat(new Http("http://" + address.getAuthority())
                        .get(address.getRawPath() + "?" + address.getRawQuery(), "Range", "bytes=5-9")
                        .status())
                .isEqualTo(206);
    }
}
