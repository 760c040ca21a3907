package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.api.archive.DownloadLog;
import dev.windrow.common.export.Artifact;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.FaultyNetwork;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives in a bucket whose network fails, and readers that are slow. */
@Tag("slow")
class FarDownloadIT {
    /** More than the server has threads, of any kind. */
    private static final int READERS = 50;

    private static final int BYTES = 12 << 20;

    private final ApiServer server = ApiServer.empty(ApiServer.Place.BUCKET);
    private final FaultyNetwork network = server.network().orElseThrow();
    private final Http http = new Http(server.port());
    private final String export = http.start("{\"dataset\":\"notes\"}").header("Location");
    private final byte[] archive = new byte[BYTES];
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        network.heal();
    }

    @Test
    void slowReadersHoldNoThreadAndKeepNobodyFromGettingAll() throws IOException {
        Artifact artifact = complete();
        for (int i = 0; i < READERS; i++) {
            assertThat(ask().read()).as("the answer has begun").isEqualTo('H');
        }
        for (int i = 0; i < 20; i++) {
            assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
        }
        assertThat(Digests.hex(http.get(export + "/file").bytes())).isEqualTo(artifact.sha256());
        DownloadLog log = server.bean(DownloadLog.class);
        long cut = log.cut();
        close();
        await().until(() -> log.cut() == cut + READERS);
    }

    /** Asked together, since each is waited for as long as it may be. */
    @Test
    void isUnavailableAsLongAsTheBucketIsAway() {
        complete();
        List<String> requests = List.of(
                "GET /file",
                "HEAD /file",
                "GET /blocks",
                "GET /blocks gzip",
                "GET /entries",
                "GET /entries/readings.csv",
                "HEAD /entries/readings.csv");
        for (Runnable fault : List.<Runnable>of(network::refuseAll, network::stall)) {
            fault.run();
            Map<String, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
            for (String request : requests) {
                String[] words = request.split(" ", -1);
                answers.put(
                        request,
                        CompletableFuture.supplyAsync(
                                () -> http.send(
                                        words[0],
                                        export + words[1],
                                        "",
                                        "Accept-Encoding",
                                        words.length > 2 ? words[2] : "identity"),
                                work -> new Thread(work).start()));
            }
            answers.forEach((request, answer) -> assertUnavailable(answer.join(), request));
            network.heal();
        }
        assertThat(http.get(export).json().path("state").asString()).isEqualTo("completed");
        assertThat(http.get(export + "/file").bytes()).isEqualTo(archive);
    }

    /** Many, and each is answered though none of them is let through. */
    @Test
    void keepsNoThreadWaitingForABucketThatSaysNothing() throws IOException {
        complete();
        network.stall();
        List<InputStream> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(askOnce());
        }
        for (int i = 0; i < 20; i++) {
            assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
        }
        for (InputStream answer : answers) {
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 503");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=0-9", "bytes=0-9,100000-200000"})
    void isUnavailableWhereTheFirstByteDoesNotCome(String range) {
        complete();
        network.only(line -> line.startsWith("GET "))
                .refuse(100, "500 Broken", "<Error><Code>InternalError</Code></Error>");
        assertUnavailable(http.get(export + "/file", "Range", range), "GET");
    }

    private static void assertUnavailable(Answer answer, String request) {
        assertThat(answer.status()).as(request).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.header("Content-Disposition")).isNull();
        assertThat(answer.header("ETag")).isNull();
        assertThat(answer.header("Content-Range")).isNull();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        if (request.startsWith("GET")) {
            assertThat(answer.type()).isEqualTo("/problems/unavailable");
            assertThat(answer.text())
                    .doesNotContain("s3")
                    .doesNotContain("127.0.0.1")
                    .doesNotContain("Exception");
        }
    }

    /** On a connection that goes on, the answer to the next request would be taken for the rest. */
    @Test
    void isCutWhereTheRestDoesNotCome() throws IOException {
        complete();
        InputStream answer = ask();
        assertThat(answer.read()).isEqualTo('H');
        request(sockets.get(0), "/api/v1/datasets", "");
        network.refuseAll();
        String rest = new String(rest(answer), StandardCharsets.ISO_8859_1);
        assertThat(rest.length()).isBetween(1, BYTES - 1);
        assertThat(rest.indexOf("HTTP/1.1")).isNegative();
    }

    @Test
    void goesOnWhereTheBucketHasClosedTheConnectionOfAReaderWhoTookNothing() throws IOException {
        Artifact artifact = complete();
        InputStream answer = askOnce();
        assertThat(answer.read()).isEqualTo('H');
        network.refuseAll();
        network.heal();
        byte[] all = answer.readAllBytes();
        assertThat(Digests.hex(Arrays.copyOfRange(all, all.length - BYTES, all.length)))
                .isEqualTo(artifact.sha256());
    }

    @Test
    void putsAFileTogetherOfAnswersThatAreCut() {
        Artifact artifact = complete();
        network.only(line -> line.startsWith("GET ")).cutAnswers(4, 1_500_000);
        assertThat(Digests.hex(http.get(export + "/file").bytes())).isEqualTo(artifact.sha256());
    }

    /** Until the connection ends, one way or the other, which it has to. */
    private static byte[] rest(InputStream answer) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 16];
        try {
            // The first byte is read already: HTTP/1.1 is not found in what begins with TTP.
            for (int read = answer.read(piece); read >= 0; read = answer.read(piece)) {
                rest.write(piece, 0, read);
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return rest.toByteArray();
    }

    private Artifact complete() {
        new Random(3).nextBytes(archive);
        return server.complete(server.claim(), archive);
    }

    /** For one answer. */
    private InputStream askOnce() throws IOException {
        return ask("Connection: close\r\n");
    }

    /** The connection is to be used again after the answer. */
    private InputStream ask() throws IOException {
        return ask("");
    }

    private InputStream ask(String header) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        request(socket, export + "/file", header);
        return socket.getInputStream();
    }

    private static void request(Socket socket, String path, String header) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
