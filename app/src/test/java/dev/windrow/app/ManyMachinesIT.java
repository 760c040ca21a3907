package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Machine;
import dev.windrow.testkit.StallingProxy;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Processes with homes of their own, that have a PostgreSQL in common and a network that fails between. */
@Tag("slow")
@Tag("machines")
final class ManyMachinesIT {
    private static final String ALL = "{\"dataset\":\"slow\"}";
    private static final String FEW = "{\"dataset\":\"big\",\"parameters\":{\"most\":10}}";
    private static final Duration LONG = Duration.ofMinutes(3);
    /** A request costs a second, to which a busy machine adds some; who waits for an answer does so for ten. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @TempDir
    Path folder;

    private StallingProxy network;
    private Machines machines;

    @BeforeEach
    void open() throws Exception {
        network = StallingProxy.to(StatusServer.STARTED.port());
        Path catalog = Samples.small(Files.createDirectory(folder.resolve("source")), 10_000);
        String text = Files.readString(catalog);
        String slow =
                " and (with recursive pace(k) as (select 0 union all select k + 1 from pace where k < 3000 + n * 0)"
                        + " select count(*) from pace) > 0";
        int at = text.lastIndexOf(":most") + ":most".length();
        Files.writeString(catalog, text.substring(0, at) + slow + text.substring(at));
        machines = Machines.none(folder, catalog, network.port());
    }

    @AfterEach
    void close() {
        network.pass();
        if (machines != null) {
            machines.close();
        }
        network.close();
    }

    private ServingProcess start(String name, String role, String... more) throws IOException {
        return machines.start(name, role, List.of(), more);
    }

    /** Which a checkpoint was taken of. */
    private void awaitUnderWay(WindowClient client, String export) throws SQLException {
        client.awaitState(export, "running");
        await().atMost(LONG).until(() -> machines.row("checkpoint is not null").equals("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refuses", "says nothing"})
    void waitForADatabaseThatIsAway(String how) throws Exception {
        // Whichever of them makes an archive, the first serves it.
        String archives = "--windrow.artifacts.url=" + Files.createDirectory(folder.resolve("archives"));
        ServingProcess all = start("one", "all", archives);
        start("two", "worker", archives);
        String expected = ZipText.digestOfRows(all.client.archive(awaitCompleted(all.client, all.client.start(ALL))));
        String export = all.client.start(ALL);
        awaitUnderWay(all.client, export);

        if (how.equals("refuses")) {
            network.refuse();
        } else {
            network.swallow();
        }
        long away = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            long asked = System.nanoTime();
            Answer answer = i % 2 == 0 ? all.client.get(export) : all.client.post(FEW);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(PATIENCE);
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.json().path("type").asString()).endsWith("unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
        await().atMost(LONG).until(() -> {
            long asked = System.nanoTime();
            int status = all.client.get("/actuator/health/readiness").status();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(PATIENCE);
            return status == 503;
        });
        // Longer than a lease.
        await().atMost(LONG)
                .pollDelay(Duration.ofSeconds(14))
                .until(() -> System.nanoTime() - away > TimeUnit.SECONDS.toNanos(14));
        assertThat(machines.row("state || claim || attempt")).isEqualTo("running11");
        network.pass();

        byte[] archive = all.client.archive(awaitCompleted(all.client, export));
        assertThat(machines.row("claim || ' ' || attempt || ' ' || losses")).isEqualTo("1 1 0");
        assertThat(ZipText.digestOfRows(archive)).isEqualTo(expected);
        all.client.complete(FEW);
    }

    private static JsonNode awaitCompleted(WindowClient client, String export) {
        // Not the client's own wait, which is short for a busy machine.
        await().atMost(LONG).until(() -> {
            Answer answer = client.get(export);
            return answer.status() == 200
                    && List.of("completed", "failed")
                            .contains(answer.json().path("state").asString());
        });
        return client.awaitState(export, "completed");
    }

    @Test
    void goOnWhenTheConnectionsOfNowAreSilentForGood() throws Exception {
        ServingProcess api = machines.start(StatusServer.STARTED.port(), "api", "api", List.of());
        ServingProcess worker = start("worker", "worker");
        String export = api.client.start(ALL);
        awaitUnderWay(api.client, export);

        network.stall();

        String small = api.client.start(FEW);
        awaitCompleted(api.client, export);
        assertThat(StatusServer.STARTED.ask(
                        machines.database, "select claim || ' ' || attempt from exports order by id limit 1"))
                .isEqualTo("1 1");
        api.client.awaitState(small, "completed");
        network.stall();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            api.client.awaitState(api.client.start(FEW), "completed");
            assertThat(worker.client.get("/actuator/health/readiness").status()).isEqualTo(200);
        });
    }

    @Test
    void askTheDatabaseForLittleWhileTheyAreIdleAndHoldNoMoreConnectionsThanTheyMay() throws Exception {
        ServingProcess api = start("api", "api", "--windrow.database.pool=4");
        start("one", "worker", "--windrow.database.pool=4");
        start("two", "worker", "--windrow.database.pool=4");
        IntStream.range(0, 30).forEach(i -> api.client.start(FEW));
        assertThat(Integer.parseInt(StatusServer.STARTED.ask(
                        machines.database,
                        "select count(*) from pg_stat_activity where datname = '" + machines.database
                                + "' and application_name like 'windrow%'")))
                .isLessThanOrEqualTo(12);
        api.client.complete(FEW);
        await().atMost(LONG)
                .until(() -> StatusServer.STARTED
                        .ask(machines.database, "select count(*) from exports where state <> 'completed'")
                        .equals("0"));
        machines.stop(api);
        int seconds = 20;
        List<String> before = StatusServer.STARTED.statements(machines.database);
        long began = System.nanoTime();
        await().atMost(LONG)
                .pollDelay(Duration.ofSeconds(seconds))
                .until(() -> System.nanoTime() - began > TimeUnit.SECONDS.toNanos(seconds));
        // On a busy machine it was longer.
        double slept = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        List<String> idle = StatusServer.STARTED.statements(machines.database);
        idle = idle.subList(before.size(), idle.size());

        // Three a second and worker.
        assertThat(idle).isNotEmpty().hasSizeLessThanOrEqualTo((int) (2 * 3 * slept));
    }

    @Test
    void ringEachOther() throws Exception {
        ServingProcess api = start("api", "api");
        start("worker", "worker");
        api.client.complete(FEW);
        List<Long> waited = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            api.client.complete(FEW);
            waited.add(Long.valueOf(machines.row("claimed_at - created_at")));
        }
        // A poll takes seconds.
        assertThat(waited.stream().sorted().skip(7).findFirst().orElseThrow())
                .as("milliseconds to the claim: %s", waited)
                .isLessThan(1_000);
    }

    /** Starts a process on a machine whose clock is that much off; the one that Java waits by is as it is. */
    private static List<String> clock(String off) {
        return List.of(
                "env", "FAKETIME_FORCE_MONOTONIC_FIX=0", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-m", "-f", off);
    }

    @Test
    void doNotGoByTheirOwnClocks() throws Exception {
        Machine.requireProgram("clocks that differ", "faketime", "faketime");
        ServingProcess api = machines.start("api", "api", clock("+60s"));
        machines.start("early", "worker", clock("-60s"));
        machines.start("late", "worker", clock("+60s"));
        String export = api.client.start(ALL);
        awaitCompleted(api.client, export);

        assertThat(machines.row("claim || ' ' || attempt || ' ' || losses")).isEqualTo("1 1 0");
        long apart = Long.parseLong(machines.row("created_at - (extract(epoch from now()) * 1000)::bigint"));
        assertThat(Duration.ofMillis(apart).abs()).isLessThan(Duration.ofSeconds(45));
        assertThat(Long.parseLong(machines.row("finished_at - created_at"))).isBetween(0L, 45_000L);
    }
}
