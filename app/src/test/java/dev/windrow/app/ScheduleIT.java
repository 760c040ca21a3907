package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Schedules that are due every two seconds, on three API processes of one database, one of which is killed while it
 * starts exports.
 */
@Tag("slow")
final class ScheduleIT {
    private static final String SCHEDULES = "/api/v1/schedules";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void startOneExportATimeOnManyProcessesWhoeverIsKilled(String kind) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "--windrow.home=" + folder.resolve("home"),
                "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml")));
        if (kind.equals("postgresql")) {
            settings.add(FreshDatabase.fresh().setting());
        }
        String[] all = settings.toArray(String[]::new);
        ServingProcess worker = ServingProcess.start(folder, "all", all);
        try (worker;
                ServingProcess steady = ServingProcess.start(folder, "api", all)) {
            Http http = new Http(steady.url());
            // Before there is anything to start: however long that takes, the exports come to one page.
            ServingProcess killed = ServingProcess.start(folder, "api", all);
            try {
                List.of("one", "two", "three").forEach(name -> save(http, name));
                awaitMore(http);
            } finally {
                killed.kill();
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> http.get(SCHEDULES + "/one/latest/file").status() == 200);
            String etag = http.get(SCHEDULES + "/one/latest/file").header("ETag");
            awaitMore(http);
            // Nothing has changed in the source, so neither has the archive.
            assertThat(http.get(SCHEDULES + "/one/latest/file", "If-None-Match", etag)
                            .status())
                    .as(() -> http.get(SCHEDULES + "/one").text() + exports(http))
                    .isEqualTo(304);
            eachTimeOnce(http);
        }
    }

    @Test
    void areMadePausedAndDeletedByTheCommandLine() throws Exception {
        String catalog = "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml");
        try (ServingProcess server =
                ServingProcess.start(folder, "all", "--windrow.home=" + folder.resolve("home"), catalog)) {
            assertThat(command(server, 0, "").out()).isEqualTo("There are no schedules.\n");
            String five = command(server, 2, "add", "nightly", "sensors", "--cron", "0 3 * * *")
                    .all();
            assertThat(five).contains("/cron: has 5 fields and must have 6");
            // Once a year, lest its next time comes meanwhile.
            String added = command(server, 0, "add", "nightly", "sensors", "--cron", "0 0 3 1 1 *", "--keep", "2")
                    .out();
            assertThat(added).startsWith("nightly  0 0 3 1 1 * UTC  next 2").doesNotContain("last");
            assertThat(command(server, 0, "pause", "nightly").out()).isEqualTo("nightly  0 0 3 1 1 * UTC  paused\n");
            assertThat(command(server, 0, "").out()).isEqualTo("nightly  0 0 3 1 1 * UTC  paused\n");
            assertThat(command(server, 0, "resume", "nightly").out()).isEqualTo(added);
            assertThat(server.client
                            .get(SCHEDULES + "/nightly")
                            .json()
                            .path("keep")
                            .asInt())
                    .isEqualTo(2);
            assertThat(command(server, 0, "delete", "nightly").out()).isEqualTo("nightly is deleted\n");
            assertThat(command(server, 2, "delete", "nightly").all()).contains("There is no such schedule.");
        }
    }

    private ProcessRun command(ServingProcess server, int exit, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("schedules"));
        Stream.of(words).filter(word -> !word.isEmpty()).forEach(line::add);
        line.add("--server=" + server.url());
        ProcessRun run = ProcessRun.windrow(folder, line.toArray(String[]::new));
        assertThat(run.exit()).as(run.all()).isEqualTo(exit);
        return run;
    }

    private static void save(Http http, String name) {
        Answer saved = http.send(
                "POST",
                SCHEDULES,
                "{\"name\":\"" + name + "\",\"cron\":\"*/2 * * * * *\",\"start\":{\"dataset\":\"sensors\"}}",
                "Content-Type",
                "application/json");
        assertThat(saved.status()).as(saved.text()).isEqualTo(201);
    }

    /** Each schedule has started at least one more. */
    private static void awaitMore(Http http) {
        int before = exports(http).size();
        await().atMost(Duration.ofMinutes(1)).until(() -> exports(http).size() > before + 3);
    }

    private static List<JsonNode> exports(Http http) {
        return http.get("/api/v1/exports?limit=200")
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    /** The audit has a row for each start, with the export that is there, and none for another. */
    private static void eachTimeOnce(Http http) {
        for (String name : List.of("one", "two", "three")) {
            http.send("DELETE", SCHEDULES + "/" + name, "");
        }
        // One that another process was about to start may come between two looks.
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            Set<String> started = new HashSet<>();
            http.get("/api/v1/audit?action=start&limit=200")
                    .json()
                    .path("items")
                    .forEach(row -> assertThat(started.add(row.path("export").asString()))
                            .isTrue());
            List<JsonNode> exports = exports(http);
            assertThat(exports)
                    .allMatch(export -> started.contains(export.path("id").asString()));
            assertThat(started).hasSameSizeAs(exports);
        });
        // However many processes there are, three schedules start three exports in two seconds at most.
        List<Long> seconds = exports(http).stream()
                .map(export ->
                        Instant.parse(export.path("createdAt").asString()).getEpochSecond())
                .toList();
        long span = seconds.get(0) - seconds.get(seconds.size() - 1);
        assertThat((long) seconds.size()).isLessThanOrEqualTo(3 * (span / 2 + 2));
    }
}
