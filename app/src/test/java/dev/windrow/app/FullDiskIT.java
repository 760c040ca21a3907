package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.artifact.disk.DiskStorage;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** All of Windrow on a small disk of its own that fills up. */
@Tag("slow")
final class FullDiskIT {
    private static final String FULL = "/problems/storage-full";
    /** Of 1,000 characters of noise each: more in one archive than the small disk holds. */
    private static final int ROWS = 120_000;

    @TempDir
    Path temp;

    private WindowClient client = new WindowClient("");

    @BeforeEach
    void makeTheSource() throws Exception {
        makeRows(10);
        Files.writeString(temp.resolve("catalog.yaml"), """
                sources:
                  plant:
                    url: jdbc:sqlite:source.db
                datasets:
                  many:
                    title: Many rows
                    source: plant
                    formats: [csv]
                    files:
                      - { name: noise, query: "select n, words from noise", key: [n] }
                  few:
                    title: A few rows
                    source: plant
                    formats: [csv]
                    files:
                      - { name: noise, query: "select n, words from noise where n <= 10", key: [n] }
                """);
    }

    @Test
    void exportsThatFillTheDiskSayItGiveWayAndFinishOnceThereIsRoom() throws Exception {
        makeRows(ROWS);
        try (Tmpfs disk = Tmpfs.mount(temp.resolve("disk"), 40);
                ConfigurableApplicationContext windrow = start(disk.folder, "--windrow.storage.reserve=0")) {
            Path ballast = disk.folder.resolve("ballast");
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(ballast) && Files.size(ballast) == 16 << 20);
            List<String> exports = List.of(post("many"), post("many"));

            // It is made again in a while, since there is room once the export has given way.
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !Files.exists(ballast));
            for (String export : exports) {
                await().pollInterval(Duration.ofMillis(20))
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> get(export).at("/error/type").asString("").equals(FULL));
                JsonNode shown = get(export);
                assertThat(shown.path("state").asString()).isIn("queued", "running");
                assertThat(shown.toString()).doesNotContain(temp.toString());
            }

            disk.resize(320);
            for (String export : exports) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> get(export).path("state").asString().equals("completed"));
            }
            assertThat(get(exports.get(0)).at("/file/entries/0/rows").asInt()).isEqualTo(ROWS);
            // The table tells of the end before the last files go.
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> files(disk.folder.resolve("work")).isEmpty());
            assertThat(Folders.files(disk.folder.resolve("artifacts"))).hasSize(4);
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(ballast));
        }
    }

    @Test
    void aDiskThatIsFullToTheLastByteStillServesAndLosesNothing() throws Exception {
        try (Tmpfs disk = Tmpfs.mount(temp.resolve("disk"), 48);
                ConfigurableApplicationContext windrow = start(disk.folder, "--windrow.storage.reserve=0")) {
            Path ballast = disk.folder.resolve("ballast");
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(ballast) && Files.size(ballast) == 16 << 20);
            Path filler = disk.folder.resolve("filler");
            fill(filler);

            Answer refused = client.post("{\"dataset\":\"few\"}");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotNull();
            assertThat(refused.type()).isEqualTo(FULL);
            assertThat(client.get("/api/v1/exports").status()).isEqualTo(200);

            // What was admitted a moment before is written with the ballast's room.
            List<ExportId> stored = insert(windrow, 50);
            assertThat(ballast).doesNotExist();
            assertThat(client.get("/api/v1/exports").status()).isEqualTo(200);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.get("/actuator/health/readiness").status() == 200);

            Files.delete(filler);
            for (ExportId id : stored) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> get("/api/v1/exports/" + id)
                                .path("state")
                                .asString()
                                .equals("completed"));
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(ballast));
        }
    }

    @Test
    void nothingIsStartedBeyondTheBudget() throws Exception {
        try (ConfigurableApplicationContext windrow = start(temp.resolve("home"), "--windrow.storage.budget=100KB")) {
            Answer refused = client.post("{\"dataset\":\"few\"}");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.type()).isEqualTo(FULL);
            assertThat(client.get("/api/v1/exports").json().path("items")).isEmpty();
        }
    }

    @Test
    void aSmallDiskIsNotAllReserve() throws Exception {
        try (Tmpfs disk = Tmpfs.mount(temp.resolve("disk"), 64)) {
            Path work = Files.createDirectory(disk.folder.resolve("work"));
            DiskStorage.Limits limits = new DiskStorage.Limits(null, null);
            DiskStorage storage = new DiskStorage(work, work, disk.folder.resolve("ballast"), limits);

            assertThat(storage.left()).isBetween(57L << 20, 58L << 20);
        }
    }

    private void makeRows(int rows) throws SQLException {
        try (Connection source = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("source.db"));
                Statement statement = source.createStatement()) {
            statement.execute("create table if not exists noise (n integer primary key, words text not null)");
            statement.execute("with recursive c(n) as (select 1 union all select n + 1 from c where n < " + rows
                    + ") insert or ignore into noise select n, hex(randomblob(500)) from c");
        }
    }

    private ConfigurableApplicationContext start(Path home, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--windrow.home=" + home);
        arguments.add("--windrow.catalog=" + temp.resolve("catalog.yaml"));
        arguments.add("--windrow.worker.concurrency=2");
        arguments.add("--server.port=0");
        ConfigurableApplicationContext context = WindrowApplication.start(arguments);
        int port = Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
                .getPort();
        client = new WindowClient("http://127.0.0.1:" + port);
        return context;
    }

    private String post(String dataset) {
        return client.start("{\"dataset\":\"" + dataset + "\"}");
    }

    private JsonNode get(String path) {
        return client.get(path).json();
    }

    /** As the API does once an export is admitted. */
    private static List<ExportId> insert(ConfigurableApplicationContext windrow, int exports) {
        Exports table = windrow.getBean(Exports.class);
        @SuppressWarnings("unchecked")
        Supplier<ExportId> ids = (Supplier<ExportId>) windrow.getBean("exportIds");
        ExportRequest request =
                new ExportRequest("few", Format.CSV, Map.of(), List.of("n", "words"), FormatOptions.DEFAULT, "few.zip");
        return Stream.generate(ids)
                .limit(exports)
                .peek(id -> table.insert(Export.queued(id, "local", request, Instant.now())))
                .toList();
    }

    private static void fill(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            while (true) {
                channel.write(ByteBuffer.allocate(1 << 12));
            }
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
