package dev.windrow.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.State;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The newest archive of a schedule, at one address. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = ApiServer.Place.class,
        names = {"FOLDER", "BUCKET"})
@Tag("slow")
class LatestIT {
    private static final String PATH = "/api/v1/schedules/nightly";
    private static final String LATEST = PATH + "/latest/file";

    private final ApiServer.Place place;
    private final ApiServer server;
    private final Http http;

    LatestIT(ApiServer.Place place) {
        this.place = place;
        server = ApiServer.empty(place);
        http = new Http(server.port());
    }

    @AfterEach
    void forget() {
        ApiServer unused = ApiServer.empty(place);
    }

    private void save(String more) {
        String body = "{\"name\":\"nightly\",\"cron\":\"0 0 3 * * *\",\"start\":{\"dataset\":\"notes\"}" + more + "}";
        Answer answer = http.send("POST", "/api/v1/schedules", body, "Content-Type", "application/json");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    /** A day later, with its export claimed. */
    private Export next() {
        String next = http.get(PATH).json().path("next").asString();
        server.clock.set(Instant.parse(next));
        await().until(() -> !http.get(PATH).json().path("next").asString().equals(next));
        return server.claim();
    }

    /** An archive whose manifest has this file, and whatever else makes it another one. */
    private static byte[] archive(String content, String other) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("readings.csv"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("manifest.json"));
            String digest = Digests.hex(content.getBytes(StandardCharsets.UTF_8));
            String manifest =
                    "{\"export\":\"" + other + "\",\"files\":[{\"name\":\"readings.csv\",\"rows\":7,\"bytes\":70,"
                            + "\"sha256\":\"" + digest + "\",\"columns\":[]}]}";
            zip.write(manifest.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Artifact complete(String content) {
        Export claimed = next();
        return server.complete(claimed, archive(content, claimed.id().toString()));
    }

    @Test
    void isNotReadyBeforeTheFirst() {
        save("");
        Answer early = http.get(LATEST);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.type()).isEqualTo("/problems/not-ready");
        assertThat(early.header("Retry-After")).isEqualTo("3600");
        next();
        assertThat(http.get(LATEST).header("Retry-After")).isEqualTo("1");
        save2();
        assertThat(http.get("/api/v1/schedules/paused/latest/file").type()).isEqualTo("/problems/no-file");
    }

    private void save2() {
        Answer unused = http.send(
                "POST",
                "/api/v1/schedules",
                "{\"name\":\"paused\",\"cron\":\"@daily\",\"paused\":true,\"start\":{\"dataset\":\"notes\"}}",
                "Content-Type",
                "application/json");
    }

    @Test
    void answersAsTheNewestFinishedArchiveDoes() {
        save("");
        Artifact first = complete("one");
        Answer answer = http.get(LATEST);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo('"' + first.sha256() + '"');
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-transform, no-cache");
        String export = http.get(PATH).json().at("/latest/export").asString();
        assertThat(answer.header("Content-Location")).isEqualTo("/api/v1/exports/" + export + "/file");
        assertThat(http.get("/api/v1/exports/" + export + "/file").bytes()).isEqualTo(answer.bytes());
        assertThat(http.get(LATEST, "Range", "bytes=0-1").status()).isEqualTo(206);
        assertThat(http.send("HEAD", LATEST, "").status()).isEqualTo(200);
        assertThat(http.get(PATH + "/latest/entries/readings.csv").text()).isEqualTo("one");
        assertThat(http.get(PATH + "/latest/entries/none.csv").status()).isEqualTo(404);

        Export running = next();
        assertThat(http.get(LATEST).header("ETag")).isEqualTo('"' + first.sha256() + '"');
        Artifact second = server.complete(running, archive("two", "second"));
        assertThat(http.get(LATEST, "If-None-Match", '"' + first.sha256() + '"').header("ETag"))
                .isEqualTo('"' + second.sha256() + '"');
    }

    @Test
    void hasItsDigestBesideIt() {
        save("");
        assertThat(http.get(LATEST + ".sha256").status()).isEqualTo(409);
        Artifact first = complete("one");
        Answer answer = http.get(LATEST + ".sha256");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).startsWith(first.sha256() + "  ").endsWith(".zip\n");
        String export = http.get(PATH).json().at("/latest/export").asString();
        Answer own = http.get("/api/v1/exports/" + export + "/file.sha256");
        assertThat(answer.text()).isEqualTo(own.text());
        assertThat(answer.header("Content-Type")).isEqualTo(own.header("Content-Type"));
        assertThat(answer.header("Content-Location")).isEqualTo("/api/v1/exports/" + export + "/file.sha256");
        assertThat(own.header("Cache-Control")).isEqualTo("private, no-transform");
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-transform, no-cache");
        Artifact second = complete("two");
        await().untilAsserted(
                        () -> assertThat(http.get(LATEST + ".sha256").text()).startsWith(second.sha256()));
        assertThat(http.get(PATH + "/latest/file.sha512").status()).isEqualTo(404);
        assertThat(http.get(LATEST + ".sha256?owner=").status())
                .isEqualTo(http.get(LATEST + "?owner=").status());
    }

    @Test
    void isTheSameWhereEveryFileIs() {
        save("");
        Artifact first = complete("one");
        String tag = '"' + first.sha256() + '"';
        assertThat(http.get(LATEST).header("ETag")).isEqualTo(tag);

        Artifact again = complete("one");
        assertThat(again.sha256()).isNotEqualTo(first.sha256());
        assertThat(http.get(LATEST, "If-None-Match", tag).status()).isEqualTo(304);
        String own =
                "/api/v1/exports/" + http.get(PATH).json().at("/last/export").asString();
        // Kept once: its own archive is there for who was told of it, and no longer.
        assertThat(http.get(own).json().path("expiresAt").asString()).isEqualTo("2026-01-02T04:00:00Z");
        server.clock.pass(Duration.ofMinutes(61));
        assertThat(http.get(own + "/file").status()).isEqualTo(410);
        assertThat(http.get(LATEST, "If-None-Match", tag).status()).isEqualTo(304);
        Artifact other = complete("two");
        assertThat(http.get(LATEST).header("ETag")).isEqualTo('"' + other.sha256() + '"');
    }

    @Test
    void waitsForNoArchiveThatIsOutOfReach() {
        save("");
        Export claimed = next();
        server.complete(claimed, "theirs", archive("one", claimed.id().toString()));
        newest();
        server.artifacts.clear();
        Artifact second = complete("one");
        assertThat(http.get(LATEST).status()).isEqualTo(503);
        server.clock.pass(Duration.ofMinutes(11));
        assertThat(http.get(LATEST).header("ETag")).isEqualTo('"' + second.sha256() + '"');
    }

    @Test
    void livesOnWhileItsScheduleLivesAndNoOtherDoes() {
        save("");
        complete("one");
        complete("two");
        String newest = newest();
        server.clock.pass(Duration.ofDays(30));
        pause();
        assertThat(http.get(LATEST).status()).isEqualTo(200);
        assertThat(expired()).isEqualTo(1);

        assertThat(http.send("DELETE", PATH, "").status()).isEqualTo(204);
        assertThat(http.get("/api/v1/exports/" + newest + "/file").status()).isEqualTo(410);
    }

    @Test
    void isGoneWithItsRecord() {
        save("");
        complete("one");
        newest();
        pause();
        server.clock.pass(Duration.ofDays(90));
        Answer answer = http.get(LATEST);
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.type()).isEqualTo("/problems/expired");
    }

    @Test
    void keepsAsManyAsItIsTold() {
        save(",\"keep\":2");
        complete("one");
        complete("two");
        newest();
        assertThat(expired()).isZero();
        complete("three");
        newest();
        assertThat(expired()).isEqualTo(1);
        pause();
        server.clock.pass(Duration.ofDays(60));
        assertThat(expired()).isEqualTo(1);
        assertThat(http.get(LATEST).status()).isEqualTo(200);
    }

    private void pause() {
        String body = "{\"cron\":\"0 0 3 * * *\",\"paused\":true,\"start\":{\"dataset\":\"notes\"}}";
        Answer answer = http.send("PUT", PATH, body, "Content-Type", "application/json");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        http.get("/api/v1/exports?state=running")
                .json()
                .path("items")
                .forEach(export ->
                        http.post("/api/v1/exports/" + export.path("id").asString() + "/cancel"));
    }

    /** The export whose archive is the latest, once its end was looked at. */
    private String newest() {
        String last = http.get(PATH).json().at("/last/export").asString();
        await().until(() ->
                http.get(PATH).json().at("/latest/export").asString("").equals(last));
        return last;
    }

    private int expired() {
        return http.get("/api/v1/exports?state=" + State.EXPIRED.id())
                .json()
                .path("items")
                .size();
    }
}
