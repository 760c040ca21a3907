package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.S3Server;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @TempDir
    Path folder;

    private S3Server bucket;
    private Machines machines;

    @BeforeEach
    void open() throws Exception {
        bucket = S3Server.start(folder.resolve("s3"), BUCKET);
        // So that a run takes about half a minute, whatever the machine: that is time to look on.
        Path catalog = Samples.paced(Files.createDirectory(folder.resolve("source")), ROWS, 300);
        machines = Machines.none(folder, catalog, StatusServer.STARTED.port());
    }

    @AfterEach
    void close() {
        if (machines != null) {
            machines.close();
        }
        bucket.close();
    }

    private ServingProcess start(String name, String role) throws IOException {
        List<String> keys = new ArrayList<>(List.of("env"));
        S3Server.environment().forEach((key, value) -> keys.add(key + "=" + value));
        return machines.start(
                name,
                role,
                keys,
                "--windrow.artifacts.url=s3://" + BUCKET,
                "--windrow.artifacts.s3.endpoint=" + bucket.endpoint(),
                "--windrow.artifacts.s3.path-style=true",
                "--windrow.artifacts.segment=5MB");
    }

    private void awaitKept(long bytes) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        Long.parseLong(machines.row("coalesce((replica::json->'checkpoint'->>'length')::bigint, 0)"))
                                >= bytes);
    }

    @Test
    void goesOnFromTheLastSegmentWhenAMachineIsGone() throws Exception {
        ServingProcess api = start("api", "api");
        // Both are there from the beginning: a start may take longer than the rest of a run.
        ServingProcess first = start("first", "worker");
        ServingProcess second = start("second", "worker");
        String export = api.client.start(ALL);
        awaitKept(9_000_000);
        long replicaRows = rows(machines.row("replica"));
        Path presence = folder.resolve("first/home/workers").resolve(machines.row("lease_owner") + ".alive");

        machines.kill(Files.exists(presence) ? first : second);
        long killed = System.nanoTime();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> machines.row("claim || state").equals("2running"));
        long claimed = System.nanoTime();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Long.parseLong(machines.row("coalesce(resumed_from_row, 0)")) > 0);
        log.info(
                "taken over after {} ms, from segments after {} ms, {} rows of {} kept",
                (claimed - killed) / 1_000_000,
                (System.nanoTime() - killed) / 1_000_000,
                replicaRows,
                ROWS);

        JsonNode completed = awaitCompleted(api.client, export);
        assertThat(Long.parseLong(machines.row("resumed_from_row"))).isGreaterThanOrEqualTo(replicaRows);
        assertThat(machines.row("claim || ' ' || attempt")).isEqualTo("2 2");
        String digest = ZipText.digestOfRows(api.client.archive(completed));
        await().atMost(LONG).untilAsserted(this::holdsArchivesAlone);

        String undisturbed = api.client.start(ALL);
        assertThat(ZipText.digestOfRows(api.client.archive(awaitCompleted(api.client, undisturbed))))
                .isEqualTo(digest);
        assertThat(machines.row("claim || ' ' || attempt")).isEqualTo("1 1");
    }

    @Test
    void goesOnWithoutTheBucketAndPublishesWhenItIsBack() throws Exception {
        ServingProcess api = start("api", "api");
        ServingProcess worker = start("worker", "worker");
        String export = api.client.start(ALL);
        awaitKept(5_000_000);

        bucket.kill();
        await().atMost(LONG).until(() -> worker.log().contains("waits for the store of archives"));
        assertThat(machines.row("state || claim || attempt")).isEqualTo("running11");
        // The progress is written now and then, and not by the run itself.
        await().atMost(LONG).until(() -> Long.parseLong(machines.row("rows_written")) == ROWS);
        bucket.start();

        JsonNode completed = awaitCompleted(api.client, export);
        assertThat(machines.row("claim || ' ' || attempt")).isEqualTo("1 1");
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
}
