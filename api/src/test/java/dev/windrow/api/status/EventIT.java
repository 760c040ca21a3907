package dev.windrow.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.State;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventIT {
    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private final String path = http.start("{\"dataset\":\"notes\"}").header("Location");
    private final String events = path + "/events";
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void leavesNoStreamOpen() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        http.send("DELETE", path, "");
        await().atMost(Duration.ofSeconds(60)).until(() -> streams() == 0);
    }

    @Test
    void pushesEveryStateUntilTheEnd() throws IOException {
        assertThat(http.get(path).json().at("/links/events").asString()).isEqualTo(events);
        Stream stream = new Stream();
        assertThat(stream.answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(stream.answer.headers().firstValue("Cache-Control")).hasValue("private, no-store, no-transform");
        assertThat(stream.answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        assertThat(stream.next()).startsWith("event: progress|id: 1|data: {").contains("\"state\":\"queued\"");
        Export run = server.claim();
        assertThat(stream.next()).startsWith("event: progress|id: 2|").contains("\"state\":\"running\"");
        server.progress(run, 5, 10L, 50.0, 3);
        assertThat(stream.next()).startsWith("event: progress|id: 3|").contains("\"rowsWritten\":5,");
        server.complete(run, new byte[] {1, 2, 3});
        String end = stream.next();
        assertThat(end).startsWith("event: end|id: 4|data: ");
        assertThat(end.substring("event: end|id: 4|data: ".length()))
                .isEqualTo(http.get(path).text());
        assertThat(stream.next()).as("it closes").isNull();
        assertThat(http.get(path).json().at("/links/events").isMissingNode()).isTrue();
    }

    @Test
    void showsAFinalStateAtOnceAndCloses() throws IOException {
        http.post(path + "/cancel");
        Stream stream = new Stream("Last-Event-ID", "7");
        assertThat(stream.next()).startsWith("event: end|id: 8|").contains("\"state\":\"cancelled\"");
        assertThat(stream.next()).isNull();
    }

    @Test
    void goesOnAfterTheLastIdWithThePresentState() throws IOException {
        assertThat(new Stream("Last-Event-ID", "41").next()).startsWith("event: progress|id: 42|");
        assertThat(new Stream("Last-Event-ID", "9999999999999999999999").next()).startsWith("event: progress|id: 1|");
        assertThat(new Stream("Last-Event-ID", "-x").next()).startsWith("event: progress|id: 1|");
    }

    @Test
    void saysThatTheExportWasDeleted() throws IOException {
        Stream stream = new Stream();
        stream.next();
        http.send("DELETE", path, "");
        assertThat(stream.next())
                .isEqualTo("event: end|id: 2|data: {\"id\":\"" + path.substring(path.lastIndexOf('/') + 1)
                        + "\",\"state\":\"deleted\"}");
        assertThat(stream.next()).isNull();
    }

    @Test
    void outlivesATimeWithoutTheStatusTable() throws IOException {
        Stream stream = new Stream();
        stream.next();
        int refused = server.refused.get();
        server.databaseAway = true;
        await().atMost(Duration.ofSeconds(60)).until(() -> server.refused.get() >= refused + 3);
        assertThat(http.get(events).type()).isEqualTo("/problems/unavailable");
        server.databaseAway = false;
        http.post(path + "/cancel");
        assertThat(stream.next()).startsWith("event: end|");
    }

    @Test
    void closesWhenTheServiceStopsSoThatTheReaderComesBack() throws IOException {
        Stream stream = new Stream();
        stream.next();
        server.bean(Watch.class).stop();
        try {
            assertThat(stream.next()).isNull();
            Answer answer = http.get(events);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        } finally {
            server.bean(Watch.class).start();
        }
    }

    @Test
    void isNotThereForOthersAndHasNoBodyForHead() throws IOException {
        assertThat(http.get("/api/v1/exports/01930000-0000-7000-8000-ffffffffffff/events")
                        .status())
                .isEqualTo(404);
        assertThat(http.get(events + "?x=1").status()).isEqualTo(400);
        assertThat(Wire.ask(server.port(), "HEAD", events))
                .startsWith("HTTP/1.1 200")
                .contains("text/event-stream")
                .endsWith("\r\n\r\n");
        assertThat(streams()).isZero();
    }

    @Test
    void givesOneCallerSoManyStreamsAndTakesBackThoseOfWhoIsGone() throws Exception {
        for (int i = 0; i < 20; i++) {
            listen(64 * 1024);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> streams() == 20);
        Answer refused = http.get(events);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.type()).isEqualTo("/problems/rate-limited");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"events\";q=20");
        assertThat(refused.header("RateLimit")).isEqualTo("\"events\";r=0;t=5");
        for (AutoCloseable one : open) {
            one.close();
        }
        // Who is gone is noticed by the next write.
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            touch();
            return streams() == 0;
        });
    }

    @Test
    void givesEveryPlaceBackAfterAStormOfResets() throws Exception {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 20; i++) {
                listen(1024);
            }
            for (AutoCloseable one : open) {
                ((Socket) one).setSoLinger(true, 0);
                one.close();
            }
            open.clear();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            touch();
            return streams() == 0;
        });
        assertThat(new Stream().next()).startsWith("event: progress|");
    }

    /** A reader who is gone is noticed while the next ones come, and the container uses its objects again for them. */
    @Test
    void endsNoStreamOfAnotherWhenReadersAreGone() throws Exception {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 20; i++) {
                listen(64 * 1024);
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> streams() == 20);
            List<AutoCloseable> gone = List.copyOf(open);
            open.clear();
            for (AutoCloseable one : gone) {
                one.close();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                touch();
                return streams() == 0;
            });
            List<Stream> lively = new ArrayList<>();
            for (int i = 0; i < 19; i++) {
                lively.add(new Stream());
            }
            for (Stream stream : lively) {
                assertThat(stream.next()).startsWith("event: progress|");
            }
            touch();
            for (Stream stream : lively) {
                assertThat(stream.next())
                        .as("a stream that nobody has ended, in round %s", round)
                        .contains("\"rowsWritten\":" + touched + ",");
            }
            for (AutoCloseable one : open) {
                one.close();
            }
            open.clear();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                touch();
                return streams() == 0;
            });
        }
    }

    @Test
    void readersThatTakeNothingHoldUpNobody() throws Exception {
        for (int i = 0; i < 19; i++) {
            listen(1024);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> streams() == 19);
        Stream lively = new Stream();
        assertThat(lively.next()).contains("\"state\":\"queued\"");
        Export run = server.claim();
        assertThat(lively.next()).contains("\"state\":\"running\"");
        for (int rows = 1; rows <= 30; rows++) {
            server.progress(run, rows, 100L, (double) rows, 3);
            assertThat(lively.next()).contains("\"rowsWritten\":" + rows + ",");
        }
        assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
        http.post(path + "/cancel");
        assertThat(lively.next()).startsWith("event: end|");
    }

    private int streams() {
        return server.bean(EventController.class).open();
    }

    private int touched;

    private void touch() {
        Export export = server.exports
                .find(ExportId.parse(path.substring(path.lastIndexOf('/') + 1)).orElseThrow(), ApiServer.OWNER)
                .orElseThrow();
        if (export.state() == State.QUEUED) {
            export = server.claim();
        }
        server.progress(export, ++touched, 1_000_000L, 1.0, 3);
    }

    /** Asks for the events and never reads them. */
    private void listen(int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream()
                .write(("GET " + events + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** A stream that is read. */
    private final class Stream {
        private final HttpResponse<InputStream> answer;
        private final BufferedReader lines;

        Stream(String... headers) {
            answer = http.stream(events, headers);
            assertThat(answer.statusCode()).isEqualTo(200);
            lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            open.add(answer.body());
        }

        /** The next event, its lines joined; null at the end of the stream. */
        String next() throws IOException {
            List<String> event = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    return String.join("|", event);
                }
                event.add(line);
            }
            return null;
        }
    }
}
