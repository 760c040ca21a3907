package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.api.archive.DownloadLog;
import dev.windrow.common.export.Artifact;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers that take next to nothing, many times more of them than the server has threads. */
class SlowReaderIT {
    private static final int READERS = 100;
    private static final int BYTES = 12 << 20;

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private final String export = http.start("{\"dataset\":\"notes\"}").header("Location");
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void holdNoThreadWhileTheSystemSends() throws IOException {
        stall(server.port(), "");
    }

    @Test
    void holdNoThreadWhileWeCopy() throws IOException {
        DownloadLog log = server.bean(DownloadLog.class);
        long cut = log.cut();
        stall(server.copyingPort(), "Range: bytes=0-6000000,6000002-12000000\r\n");
        close();
        await().until(() -> log.cut() == cut + READERS);
    }

    private void stall(int port, String range) throws IOException {
        server.complete(server.claim(), new byte[BYTES]);
        for (int i = 0; i < READERS; i++) {
            assertThat(ask(port, range).read()).as("the answer has begun").isEqualTo('H');
        }
        for (int i = 0; i < 20; i++) {
            assertThat(new Http(port).get("/api/v1/datasets").status()).isEqualTo(200);
        }
    }

    @Test
    void getWhatTheyBeganToTheLastByteThoughItIsDeletedMeanwhile() throws IOException {
        byte[] archive = new byte[BYTES];
        new Random(1).nextBytes(archive);
        Artifact artifact = server.complete(server.claim(), archive);
        InputStream sent = ask(server.port(), "");
        InputStream copied = ask(server.copyingPort(), "");
        assertThat(sent.read()).isEqualTo('H');
        assertThat(copied.read()).isEqualTo('H');
        assertThat(http.send("DELETE", export, "").status()).isEqualTo(204);
        assertThat(server.artifacts.find(artifact.key())).isEmpty();
        for (InputStream in : List.of(sent, copied)) {
            byte[] answer = in.readAllBytes();
            byte[] body = Arrays.copyOfRange(answer, answer.length - BYTES, answer.length);
            assertThat(Digests.hex(body)).isEqualTo(artifact.sha256());
        }
    }

    /** The system takes no more from us for as long as that, though the reader reads on and on. */
    @Test
    void mayTakeNothingForLongerThanTheContainersTimeout() throws IOException {
        ApiServer impatient = ApiServer.start("--server.tomcat.connection-timeout=1s");
        Http there = new Http(impatient.port());
        String started = there.start("{\"dataset\":\"notes\"}").header("Location");
        byte[] archive = new byte[BYTES];
        new Random(2).nextBytes(archive);
        impatient.complete(impatient.claim(), archive);
        try {
            InputStream sent = ask(impatient.port(), started, "");
            InputStream copied = ask(impatient.port(), started, "Range: bytes=0-5999999,6000010-12000000\r\n");
            assertThat(sent.read()).isEqualTo('H');
            assertThat(copied.read()).isEqualTo('H');
            long begun = System.nanoTime();
            await().pollDelay(Duration.ofSeconds(4))
                    .until(() ->
                            System.nanoTime() - begun > Duration.ofSeconds(4).toNanos());
            byte[] whole = sent.readAllBytes();
            assertThat(Arrays.copyOfRange(whole, whole.length - BYTES, whole.length))
                    .isEqualTo(archive);
            byte[] parts = copied.readAllBytes();
            byte[] second = Arrays.copyOfRange(archive, 6_000_010, 12_000_001);
            int tail = parts.length - new String(parts, StandardCharsets.ISO_8859_1).lastIndexOf("\r\n--");
            assertThat(Arrays.copyOfRange(parts, parts.length - tail - second.length, parts.length - tail))
                    .isEqualTo(second);
        } finally {
            close();
            impatient.stop();
        }
    }

    @Test
    void makeRoomWhereOthersFindNoPlace() throws IOException {
        ApiServer small =
                ApiServer.start("--server.tomcat.connection-timeout=1s", "--server.tomcat.max-connections=40");
        Http there = new Http(small.port());
        String started = there.start("{\"dataset\":\"notes\"}").header("Location");
        small.complete(small.claim(), new byte[BYTES]);
        try {
            for (int i = 0; i < 42; i++) {
                // Where there are many, one that has not sent its request yet may be closed, and comes again.
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsInstanceOf(SocketException.class)
                        .until(() -> ask(small.port(), started, "").read() == 'H');
            }
        } finally {
            close();
            small.stop();
        }
    }

    private InputStream ask(int port, String header) throws IOException {
        return ask(port, export, header);
    }

    private InputStream ask(int port, String of, String header) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET " + of + "/file HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket.getInputStream();
    }
}
