package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Digests;
import dev.windrow.testkit.S3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code export --base}: only what changed since yesterday, of real archives from a real server. */
@Tag("slow")
final class BaseArchiveIT {
    private static final int ROWS = 30_000;

    @TempDir
    static Path source;

    private static RunningWindow windrow;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private String server = windrow.client.url();
    private Path old;
    /** What the last command said beside its answer. */
    private String said = "";

    @BeforeAll
    static void serve(@TempDir Path home) throws IOException {
        Path catalog = Samples.small(source, ROWS);
        Files.writeString(catalog, Files.readString(catalog).replace("formats: [csv]", "formats: [csv, ndjson]"));
        windrow = RunningWindow.start(home, catalog);
    }

    @AfterAll
    static void close() {
        windrow.close();
    }

    @BeforeEach
    void exportAsItIs() {
        old = folder.resolve("old.zip");
        assertThat(run("export", "big", "-o", old.toString())).isZero();
    }

    @Test
    void fetchesAlmostNothingWhereNothingHasChanged() throws Exception {
        JsonNode told = over(old);
        assertThat(told.path("fetched").asLong()).isLessThan(told.path("bytes").asLong() / 50);
        assertThat(list(told).length).isLessThan((int) (told.path("bytes").asLong() / 100));
    }

    @Test
    void fetchesTheRowsThatWereAppended() throws Exception {
        change("insert into big select n + 1000000, hex(randomblob(150)) from big where n <= 300");
        JsonNode told = over(old);
        assertThat(told.path("fetched").asLong()).isLessThan(told.path("bytes").asLong() / 5);
    }

    @Test
    void fetchesWhatLiesAroundARowThatHasChanged() throws Exception {
        change("update big set text = 'another' where n = " + ROWS / 2);
        JsonNode told = over(old);
        assertThat(told.path("fetched").asLong()).isLessThan(told.path("bytes").asLong() / 2);
    }

    @Test
    void tellsPeopleHowMuchItWas() throws Exception {
        Path file = folder.resolve("new.zip");
        assertThat(run("export", "big", "-o", file.toString(), "--base", old.toString()))
                .isZero();
        assertThat(err.toString()).containsPattern("(?m)^fetched [0-9.]+ kB of [0-9.]+ MB$");
        assertThat(out.toString().lines())
                .containsExactly("archive: " + file, "sha256: " + Digests.hex(Files.readAllBytes(file)));
        assertThat(run("export", "big", "-o", file.toString(), "--base", old.toString(), "-q", "--force"))
                .isZero();
        assertThat(err).hasToString("");
    }

    @Test
    void replacesTheEarlierArchiveByTheLater() throws Exception {
        change("update big set text = 'yet another' where n = 7");
        assertThat(run("export", "big", "-o", old.toString(), "--base", old.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--force replaces it");
        JsonNode told = over(old, "-o", old.toString(), "--force");
        assertThat(told.path("fetched").asLong()).isLessThan(told.path("bytes").asLong() / 5);
    }

    @Test
    void bringsAnExportThatWasStartedBefore() throws Exception {
        String id = windrow.client.complete("{\"dataset\":\"big\"}").path("id").asString();
        Path file = folder.resolve("later.zip");
        assertThat(run("download", id, "-o", file.toString(), "--base", old.toString(), "--json"))
                .isZero();
        check(json(), file);
    }

    @Test
    void takesTheWholeOfAnotherFormatOrEngine(@TempDir Path home) throws Exception {
        JsonNode told = over(old, "--format", "ndjson");
        assertThat(told.path("fetched").asLong())
                .isGreaterThan(told.path("bytes").asLong() * 9 / 10);
        try (RunningWindow another =
                RunningWindow.start(home, source.resolve("catalog.yaml"), "--windrow.worker.compression-level=9")) {
            server = another.client.url();
            over(old, "--force");
        }
    }

    @Test
    void fetchesTheSameOutOfABucket(@TempDir Path home, @TempDir Path data) throws Exception {
        S3Server.giveKeysToThisJvm();
        try (S3Server bucket = S3Server.start(data, "windrow");
                RunningWindow far = RunningWindow.start(
                        home,
                        source.resolve("catalog.yaml"),
                        "--windrow.artifacts.url=s3://windrow/base",
                        "--windrow.artifacts.s3.endpoint=" + bucket.endpoint(),
                        "--windrow.artifacts.serve=redirect")) {
            far.archives = bucket.data().resolve("windrow/base/artifacts");
            server = far.client.url();
            change("update big set text = 'one more' where n = " + ROWS / 3);
            JsonNode told = over(old);
            assertThat(told.path("fetched").asLong())
                    .isLessThan(told.path("bytes").asLong() / 5);
            assertThat(said).doesNotContain("as a whole");
        }
    }

    /** Rows come, go and change; each archive is made over the one before. */
    @ParameterizedTest
    @ValueSource(longs = 20260301)
    void makesTheSameBytesOfWhateverChanges(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            int from = random.nextInt(ROWS);
            change(
                    switch (random.nextInt(3)) {
                        case 0 -> "delete from big where n between " + from + " and " + (from + random.nextInt(900));
                        case 1 -> "update big set text = hex(randomblob(140)) where n % 7919 = " + from % 7919;
                        default ->
                            "insert or ignore into big select n + 5000000 + " + from
                                    + ", hex(randomblob(150)) from big where n < " + random.nextInt(500);
                    });
            over(old, "-o", old.toString(), "--force");
            assertThat(said).as("seed %s, pair %s", seed, i).doesNotContain("as a whole");
        }
    }

    private JsonNode over(Path base, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("export", "big", "--base", base.toString(), "--json"));
        all.addAll(List.of(more));
        if (!all.contains("-o")) {
            all.addAll(List.of("-o", folder.resolve("new.zip").toString()));
        }
        assertThat(run(all.toArray(String[]::new))).as(err::toString).isZero();
        JsonNode told = json();
        said = err.toString();
        check(told, Path.of(told.path("archive").asString()));
        return told;
    }

    /** The bytes here are those of a plain download. */
    private void check(JsonNode told, Path file) throws IOException {
        Path plain = folder.resolve("plain.zip");
        assertThat(run("download", told.path("id").asString(), "-q", "--force", "-o", plain.toString()))
                .isZero();
        assertThat(file).hasSameBinaryContentAs(plain);
        assertThat(told.path("bytes").asLong()).isEqualTo(Files.size(file));
    }

    private byte[] list(JsonNode told) {
        return windrow.client
                .get("/api/v1/exports/" + told.path("id").asString() + "/blocks")
                .bytes();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }

    private static void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + source.resolve("big.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of(words));
        line.add("--server=" + server);
        return Windrow.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.toArray(String[]::new));
    }
}
