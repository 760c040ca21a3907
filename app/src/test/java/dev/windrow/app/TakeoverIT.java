package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.S3Server;
import dev.windrow.testkit.WindowClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Workers with homes of their own, a PostgreSQL and a bucket: what is made of an export when a machine goes, or the
 * bucket.
 */
@Tag("slow")
@Tag("machines")
final class TakeoverIT {
    private static final Logger log = LoggerFactory.getLogger(TakeoverIT.class);
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String BUCKET = "archives";
    private static final int ROWS = 130_000;
    private static final String ALL = "{\"dataset\":\"slow\",\"parameters\":{\"most\":" + ROWS + "}}";

    private static int databases;

    @TempDir
    Path folder;

    private final String database = "takeover" + ++databases;
    private final List<ServingProcess> processes = new ArrayList<>();
    private S3Server bucket;
    private Path catalog;

    @BeforeEach
    void open() throws Exception {
        StatusServer.STARTED.make(database);
        bucket = S3Server.start(folder.resolve("s3"), BUCKET);
        // So that a run takes about half a minute, whatever the machine: that is time to look on.
        catalog = Samples.paced(Files.createDirectory(folder.resolve("source")), ROWS, 300);
        List<String> migrate = new ArrayList<>(List.of("migrate", "--windrow.home=" + folder.resolve("migrate")));
        migrate.addAll(status().toList());
        ProcessRun migrated = ProcessRun.windrow(folder, migrate.toArray(String[]::new));
        assertThat(migrated.exit()).as(migrated.all()).isZero();
    }

    @AfterEach
    void close() {
        processes.forEach(ServingProcess::close);
        bucket.close();
    }

    private ServingProcess start(String name, String role) throws IOException {
        Path own = Files.createDirectory(folder.resolve(name));
        List<String> keys = new ArrayList<>(List.of("env"));
        S3Server.environment().forEach((key, value) -> keys.add(key + "=" + value));
        String[] settings = Stream.concat(
                        Stream.of(
                                "--windrow.home=" + own.resolve("home"),
                                "--windrow.catalog=" + catalog,
                                "--windrow.artifacts.url=s3://" + BUCKET,
                                "--windrow.artifacts.s3.endpoint=" + bucket.endpoint(),
                                "--windrow.artifacts.s3.path-style=true",
                                "--windrow.artifacts.segment=5MB"),
                        status())
                .toArray(String[]::new);
        ServingProcess process = ServingProcess.start(own, keys, role, Ports.free(), settings);
        processes.add(process);
        return process;
    }

    /** It trusts who comes from this machine. */
    private Stream<String> status() {
        return Stream.of(StatusServer.settings(StatusServer.STARTED.port(), database))
                .filter(setting -> !setting.contains("password"));
    }

    private String row(String columns) throws SQLException {
        return StatusServer.STARTED.ask(database, "select " + columns + " from exports order by id desc limit 1");
    }

    private void awaitKept(long bytes) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        Long.parseLong(row("coalesce((replica::json->'checkpoint'->>'length')::bigint, 0)")) >= bytes);
    }

    @Test
    void goesOnFromTheLastSegmentWhenAMachineIsGone() throws Exception {
        ServingProcess api = start("api", "api");
        ServingProcess first = start("first", "worker");
        String export = api.client.start(ALL);
        awaitKept(9_000_000);
        start("second", "worker");
        long replicaRows = rows(row("replica"));

        first.kill();
        processes.remove(first);
        long killed = System.nanoTime();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> row("claim || state").equals("2running"));
        long claimed = System.nanoTime();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Long.parseLong(row("coalesce(resumed_from_row, 0)")) > 0);
        log.info(
                "taken over after {} ms, from segments after {} ms, {} rows of {} kept",
                (claimed - killed) / 1_000_000,
                (System.nanoTime() - killed) / 1_000_000,
                replicaRows,
                ROWS);

        JsonNode completed = awaitCompleted(api.client, export);
        assertThat(Long.parseLong(row("resumed_from_row"))).isGreaterThanOrEqualTo(replicaRows);
        assertThat(row("claim || ' ' || attempt")).isEqualTo("2 2");
        String digest = digestOfRows(api.client.archive(completed));
        await().atMost(LONG).untilAsserted(this::holdsArchivesAlone);

        String undisturbed = api.client.start(ALL);
        assertThat(digestOfRows(api.client.archive(awaitCompleted(api.client, undisturbed))))
                .isEqualTo(digest);
        assertThat(row("claim || ' ' || attempt")).isEqualTo("1 1");
    }

    @Test
    void goesOnWithoutTheBucketAndPublishesWhenItIsBack() throws Exception {
        ServingProcess api = start("api", "api");
        ServingProcess worker = start("worker", "worker");
        String export = api.client.start(ALL);
        awaitKept(5_000_000);

        bucket.kill();
        await().atMost(LONG).until(() -> worker.log().contains("waits for the store of archives"));
        assertThat(row("state || claim || attempt")).isEqualTo("running11");
        assertThat(Long.parseLong(row("rows_written"))).isEqualTo(ROWS);
        bucket.start();

        JsonNode completed = awaitCompleted(api.client, export);
        assertThat(row("claim || ' ' || attempt")).isEqualTo("1 1");
        assertThat(api.client.archive(completed)).isNotEmpty();
        assertThat(worker.log()).contains("segments are not kept").contains("the store of archives answers again");
        await().atMost(LONG).untilAsserted(this::holdsArchivesAlone);
    }

    private void holdsArchivesAlone() {
        assertThat(bucket.files(BUCKET)).noneMatch(name -> name.contains("work/"));
    }

    private static long rows(String replica) {
        long rows = 0;
        for (JsonNode entry :
                JsonMapper.shared().readTree(replica).path("checkpoint").path("entries")) {
            rows += entry.path("rows").asLong();
        }
        return rows;
    }

    private static JsonNode awaitCompleted(WindowClient client, String export) {
        await().atMost(LONG)
                .until(() -> client.get(export).json().path("state").asString().equals("completed"));
        return client.awaitState(export, "completed");
    }

    private static String digestOfRows(byte[] archive) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".csv")) {
                    return Digests.hex(Digests.sha256(zip.readAllBytes()));
                }
            }
        }
        throw new AssertionError("no rows");
    }
}
