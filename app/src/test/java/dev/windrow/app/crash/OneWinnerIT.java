package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Two who want the same row: deliveries of one ring, a cancel and a completion. */
@Tag("slow")
class OneWinnerIT {
    private static final int RACES = 12;

    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(20_000, 100));

    @Test
    void aRingThatIsDeliveredThreeTimesRunsTheExportOnceAndACancelThatRacesWithTheEndHasOneWinner() throws Exception {
        kit.migrate();
        kit.api();
        String id = kit.client().start();
        ringTwiceMore();
        WindrowProcess worker = kit.worker("worker");

        assertThat(kit.client().awaitEnd(id, 60).path("state").asString()).isEqualTo("completed");
        awaitNoRing();
        assertThat(kit.row(id).claim()).isEqualTo(1);
        assertThat(worker.words().lines().filter(line -> line.contains("started: dataset")))
                .hasSize(1);
        assertThat(kit.files("artifacts")).containsExactly(id + ".1.blocks", id + ".1.zip");

        races(kit.client().dataOf(id));
    }

    private void races(String data) {
        long seed = Long.getLong("seed", 20_261_128);
        Random random = new Random(seed);
        for (int i = 0; i < RACES; i++) {
            String id = kit.client().start();
            // The last stretch of a run is where the two meet: some of these cancels win, some lose.
            long rows = random.nextInt(3_100);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> kit.client().rows(id) >= rows
                            || !kit.client().status(id).path("finishedAt").isNull());
            int answer = kit.client().cancel(id);
            JsonNode end = kit.client().awaitEnd(id, 60);
            String state = end.path("state").asString();
            if (answer == 409) {
                assertThat(state).as("seed %s", seed).isEqualTo("completed");
                assertThat(kit.client().dataOf(id)).isEqualTo(data);
            } else {
                assertThat(answer).isEqualTo(202);
                assertThat(state).as("seed %s", seed).isEqualTo("cancelled");
                assertThat(kit.client().fileCode(id)).isEqualTo(409);
                Awaitility.await("no file of a cancelled export")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> filesOf(id).isEmpty());
            }
        }
    }

    private List<String> filesOf(String id) {
        return Stream.concat(kit.files("artifacts").stream(), kit.files("work").stream())
                .filter(name -> name.startsWith(id))
                .toList();
    }

    /** The ring's row once more under other ids, as if it had been delivered again. */
    private void ringTwiceMore() throws SQLException {
        try (Connection queue = StatusRow.open(kit.home().resolve("queue.db"));
                Statement statement = queue.createStatement()) {
            String id;
            try (var row = statement.executeQuery("select id from jobrunr_jobs where state = 'ENQUEUED'")) {
                row.next();
                id = row.getString(1);
            }
            for (int i = 0; i < 2; i++) {
                String other = UUID.randomUUID().toString();
                statement.execute("create temp table ring as select * from jobrunr_jobs where id = '" + id + "'");
                try (PreparedStatement change =
                        queue.prepareStatement("update ring set id = ?, jobAsJson = replace(jobAsJson, ?, ?)")) {
                    change.setString(1, other);
                    change.setString(2, "\"id\":\"" + id + "\"");
                    change.setString(3, "\"id\":\"" + other + "\"");
                    change.executeUpdate();
                }
                statement.execute("insert into jobrunr_jobs select * from ring");
                statement.execute("drop table ring");
            }
        }
    }

    private void awaitNoRing() {
        Awaitility.await("all rings are answered")
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    try (Connection queue = StatusRow.open(kit.home().resolve("queue.db"));
                            Statement statement = queue.createStatement();
                            var row = statement.executeQuery(
                                    "select count(*) from jobrunr_jobs where state in ('ENQUEUED', 'PROCESSING')")) {
                        return row.next() && row.getLong(1) == 0;
                    }
                });
    }
}
