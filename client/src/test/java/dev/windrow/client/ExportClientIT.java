package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.client.ClientException.Reason;
import dev.windrow.testkit.FakeWindrow;
import dev.windrow.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportClientIT {
    private static final Patience SHORT = new Patience(
            Duration.ofMillis(200),
            Duration.ofSeconds(20),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(2));
    private static final StartRequest REQUEST =
            new StartRequest("sensor-readings", null, Map.of("sensor_id", List.of("load")), List.of());

    private final FakeWindrow server = new FakeWindrow();
    private final Recorded seen = new Recorded();

    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void nameTheTarget() {
        target = folder.resolve("out.zip");
    }

    @AfterEach
    void closeTheServer() {
        server.close();
    }

    @Test
    void tellsEachChangeUntilTheExportIsCompleted() throws Exception {
        server.states.addAll(List.of(server.queued(), server.running(100, 10), server.running(500, 50)));
        server.states.add(server.completed());
        ExportStatus completed = client().await(client().start(REQUEST).id());
        assertThat(seen.statuses)
                .containsExactly("queued", "queued", "running 10.0", "running 50.0", "completed 100.0");
        assertThat(completed.archive()).isNotNull();
    }

    @Test
    void waitsForAnotherStateThanTheOneItKnows() throws Exception {
        server.states.addAll(List.of(server.running(1, 1), server.running(1, 1), server.completed()));
        client().await(FakeWindrow.ID);
        assertThat(server.requests.get(0)).endsWith("/api/v1/exports/0193-export Prefer: wait=20");
        assertThat(server.requests.get(1)).contains("If-None-Match: \"").endsWith("Prefer: wait=20");
        assertThat(seen.statuses).containsExactly("running 1.0", "completed 100.0");
    }

    @Test
    void asksWithoutWaitingWhereTheServerHoldsTooManyAnswers() throws Exception {
        server.troubles.add(429);
        server.states.addAll(List.of(server.running(1, 1), server.completed()));
        client().await(FakeWindrow.ID);
        assertThat(server.requests.get(0)).endsWith("Prefer: wait=20");
        assertThat(server.requests.get(1)).doesNotContain("Prefer");
        assertThat(server.requests.get(2)).endsWith("Prefer: wait=20");
        assertThat(seen.statuses).containsExactly("running 1.0", "completed 100.0");
    }

    @Test
    void keepsToRetryAfterWhereTheServerDoesNotHoldAnswers() throws Exception {
        server.holdsLooks = false;
        server.states.addAll(List.of(server.running(1, 1), server.completed()));
        List<Duration> pauses = new ArrayList<>();
        Wire.Access access = new Wire.Access(server.url(), null);
        new ExportClient(access, SHORT, Clock.systemUTC(), seen, pauses::add).await(FakeWindrow.ID);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void sendsAStartAgainUnderItsKeyUntilItHearsTheAnswer() throws Exception {
        server.startTroubles.addAll(List.of(FakeWindrow.CUT, 409));
        assertThat(client().start(REQUEST).id()).isEqualTo(FakeWindrow.ID);
        assertThat(server.starts).hasSize(3);
        assertThat(Set.copyOf(server.keys)).hasSize(1).allMatch(key -> key.matches("[!-~]{1,255}"));
        client().start(REQUEST);
        assertThat(server.keys.get(3)).isNotEqualTo(server.keys.get(0));
    }

    @Test
    void bearsWithACutConnectionAndABusyServerWhileItWaits() throws Exception {
        server.troubles.addAll(List.of(FakeWindrow.CUT, 503, FakeWindrow.CUT));
        client().await(FakeWindrow.ID);
        assertThat(seen.notes)
                .contains("The connection to " + server.url() + "/ was lost; trying again")
                .contains(server.url() + "/ cannot answer now (503); trying again");
    }

    @Test
    void goesOnWhenTheServerWasStartedAgainInTheMiddle() throws Exception {
        server.states.addAll(List.of(server.running(1, 1)));
        AtomicReference<FakeWindrow> again = new AtomicReference<>();
        seen.onStatus = server::close;
        seen.onLoss = () -> {
            if (again.get() == null) {
                again.set(new FakeWindrow(server.port()));
            }
        };
        client().await(FakeWindrow.ID);
        again.get().close();
        assertThat(seen.statuses).containsExactly("running 1.0", "completed 100.0");
    }

    @Test
    void aServerThatNeverAnsweredIsNotReachableSoon() {
        URI nobody = URI.create("http://127.0.0.1:" + Ports.free());
        assertThatThrownBy(() -> client(nobody).start(REQUEST))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_REACHABLE))
                .hasMessage(nobody + "/ cannot be reached");
    }

    @Test
    void downloadsAndLeavesNothingBesideTheArchive() throws Exception {
        client().download(completed(), target, false);
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(filesHere()).containsExactly("out.zip");
    }

    @Test
    void bringsAnArchiveWholeThroughCutConnections() throws Exception {
        server.cuts.addAll(List.of(100_000, 50_000, 10));
        client().download(completed(), target, false);
        assertThat(target).hasBinaryContent(server.archive);
    }

    @Test
    void goesToWhereTheServerKeepsTheArchiveAndTellsNothingThere() throws Exception {
        try (FakeWindrow store = new FakeWindrow()) {
            server.location = store.url()
                    .resolve("/api/v1/exports/" + FakeWindrow.ID + "/file?signature=x")
                    .toString();
            ExportClient client = new ExportClient(server.url(), "a-key", SHORT, Clock.systemUTC(), seen);
            client.download(completed(), target, false);
            assertThat(target).hasBinaryContent(server.archive);
            assertThat(server.requests.get(server.requests.size() - 1)).contains("Authorization: Bearer a-key");
            assertThat(store.requests).containsExactly("GET /api/v1/exports/0193-export/file");
        }
    }

    @Test
    void goesOnAtTheServerAfterACutElsewhere() throws Exception {
        try (FakeWindrow store = new FakeWindrow()) {
            store.cuts.add(100_000);
            store.cutByStalling = true;
            server.location = store.url()
                    .resolve("/api/v1/exports/" + FakeWindrow.ID + "/file")
                    .toString();
            client().download(completed(), target, false);
            assertThat(target).hasBinaryContent(server.archive);
            assertThat(store.requests).hasSize(1);
            assertThat(server.requests.get(server.requests.size() - 1))
                    .contains("Range: bytes=100000- If-Range: \"" + server.sha256() + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/none", "ftp://127.0.0.1/file", "/not-here", ":", "http://"})
    void takesTheArchiveFromTheServerWhereItIsSentToNothingGood(String address) throws Exception {
        server.location = address;
        client().download(completed(), target, false);
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(server.requests.get(server.requests.size() - 1)).contains("If-Match: \"" + server.sha256() + "\"");
    }

    /** The bytes before the silence have arrived; of those before a cut, the JDK's client may drop some. */
    @Test
    void asksForTheRestOfADownloadThatBringsNothing() throws Exception {
        server.cutByStalling = true;
        server.cuts.add(100_000);
        client().download(completed(), target, false);
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(server.requests)
                .filteredOn(request -> request.contains("/file"))
                .containsExactly(
                        "GET /api/v1/exports/0193-export/file",
                        "GET /api/v1/exports/0193-export/file Range: bytes=100000- If-Range: \"" + server.sha256()
                                + "\"");
    }

    @Test
    void beginsAnewWhereTheServerKnowsNoRanges() throws Exception {
        server.ignoresRanges = true;
        server.cuts.add(100_000);
        client().download(completed(), target, false);
        assertThat(target).hasBinaryContent(server.archive);
    }

    @Test
    void anotherClientGoesOnWithWhatTheFirstOneLeft() throws Exception {
        leavePart(server.sha256(), 120_000);
        client().download(completed(), target, false);
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(server.requests.get(0)).contains("Range: bytes=120000-");
    }

    @Test
    void neverPutsBytesBehindThoseOfAnotherArchive() throws Exception {
        leavePart("another", 120_000);
        client().download(completed(), target, false);
        assertThat(target).hasBinaryContent(server.archive);
    }

    @Test
    void refusesAnArchiveWithAnotherDigestAndKeepsNothingOfIt() {
        server.digest = "00";
        assertThatThrownBy(() -> client().download(completed(), target, false))
                .isInstanceOf(ClientException.class)
                .hasMessage("The archive of export 0193-export is damaged: its SHA-256 is " + server.sha256()
                        + ", but the server says 00");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void replacesAFileOnlyWhenToldTo() throws Exception {
        Files.writeString(target, "mine");
        assertThatThrownBy(() -> client().download(completed(), target, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("mine");
        client().download(completed(), target, true);
        assertThat(target).hasBinaryContent(server.archive);
    }

    @Test
    void takesUpTheExportThatTheSameCommandBegan() throws Exception {
        ExportStatus begun = client().startOrResume(REQUEST, target);
        server.states.add(server.running(5, 5));
        ExportStatus again = client().startOrResume(REQUEST, target);
        assertThat(again.id()).isEqualTo(begun.id());
        assertThat(server.starts).hasSize(1);
        assertThat(seen.notes).containsExactly("Takes up export 0193-export, which was started before");
    }

    @Test
    void startsAnewForAnotherRequestOrWhenTheFirstOneFailed() throws Exception {
        client().startOrResume(REQUEST, target);
        client().startOrResume(new StartRequest("sensor-readings", null, Map.of(), List.of()), target);
        assertThat(server.starts).hasSize(2);
        server.states.add(server.ended("failed", "null"));
        client().startOrResume(new StartRequest("sensor-readings", null, Map.of(), List.of()), target);
        assertThat(server.starts).hasSize(3);
    }

    @Test
    void looksOnceAndTellsTheTimes() throws Exception {
        server.states.add(server.completed()
                .replace(
                        "\"warnings\"",
                        "\"createdAt\": \"2026-03-01T12:00:00Z\", \"asOf\": \"2026-03-01T12:00:01Z\", \"warnings\""));

        ExportStatus status = client().look(FakeWindrow.ID);

        assertThat(status.state()).isEqualTo(State.COMPLETED);
        assertThat(status.times())
                .isEqualTo(new ExportStatus.Times(
                        Instant.parse("2026-03-01T12:00:00Z"), Instant.parse("2026-03-01T12:00:01Z"), null));
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void withoutPatienceTriesOnce() throws Exception {
        ExportClient hasty = new ExportClient(server.url(), null, Patience.NONE, Clock.systemUTC(), seen);
        server.troubles.add(503);

        assertThatThrownBy(() -> hasty.look(FakeWindrow.ID))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_REACHABLE));
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void saysWhetherTheServerIsReady() throws Exception {
        server.ready = false;
        assertThat(client().isReady()).isFalse();
        server.ready = true;
        assertThat(client().isReady()).isTrue();
        server.close();
        assertThat(client().isReady()).isFalse();
    }

    private void leavePart(String digest, int bytes) throws IOException {
        byte[] part = digest.equals(server.sha256()) ? server.archive.clone() : new byte[server.archive.length];
        Files.write(folder.resolve("out.zip.part"), Arrays.copyOf(part, bytes));
        new PartialDownload(target).rememberEtag(FakeWindrow.ID, "\"" + digest + "\"");
    }

    private List<String> filesHere() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private ExportStatus completed() {
        return ExportStatus.of(Json.read(server.completed().getBytes(StandardCharsets.UTF_8)));
    }

    private ExportClient client() {
        return client(server.url());
    }

    private ExportClient client(URI url) {
        return new ExportClient(url, null, SHORT, Clock.systemUTC(), seen);
    }
}
