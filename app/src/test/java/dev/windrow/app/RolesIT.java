package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.app.schema.Schema;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** API and worker as processes of the delivered jar on one home, and the commands that a user gives them. */
@Tag("slow")
final class RolesIT {
    private static final String READINESS = "/actuator/health/readiness";

    @TempDir
    Path folder;

    @Test
    void workTogetherOnOneHome() throws Exception {
        Path home = folder.resolve("home");
        String[] settings = {
            "--windrow.home=" + home, "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml")
        };
        String migrated = "The database is at schema version " + Schema.VERSION + ".\n";
        ProcessRun migrate = ProcessRun.windrow(folder, "migrate", settings[0]);
        assertThat(migrate.exit()).as(migrate.all()).isZero();
        assertThat(migrate.out()).isEqualTo(migrated);
        assertThat(ProcessRun.here("migrate", settings[0]).out()).endsWith(migrated);
        try (ServingProcess api = ServingProcess.start(folder, "api", settings)) {
            String early = api.client.start("{\"dataset\":\"sensors\"}");
            assertThat(api.client.get(early).json().path("state").asString()).isEqualTo("queued");
            try (ServingProcess worker = ServingProcess.start(folder, "worker", settings)) {
                assertBothAnswer(api, worker);
                api.client.awaitState(early, "completed");
                JsonNode export = api.client.complete(
                        "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\"}}");
                assertThat(HomeInvariants.sha256(api.client.archive(export)))
                        .isEqualTo(export.at("/file/sha256").asString());
                assertTheClientWorks(api);
            }
            // The API alone still serves what is there.
            assertThat(api.client.get(early + "/file").status()).isEqualTo(200);
            assertThat(api.log()).doesNotContain("\tat ");
        }
        HomeInvariants.check(home);
    }

    private static void assertBothAnswer(ServingProcess api, ServingProcess worker) {
        for (ServingProcess process : new ServingProcess[] {api, worker}) {
            for (String group : new String[] {"liveness", "readiness"}) {
                Answer health = process.client.get("/actuator/health/" + group);
                assertThat(health.status()).isEqualTo(200);
                assertThat(health.json().path("status").asString()).isEqualTo("UP");
            }
        }
        assertThat(worker.client.get(WindowClient.EXPORTS).status()).isEqualTo(404);
    }

    private void assertTheClientWorks(ServingProcess api) throws Exception {
        Path file = folder.resolve("out.zip");
        ProcessRun export = ProcessRun.windrow(
                folder,
                "export",
                "sensor-readings",
                "-p",
                "sensor_id=hostile",
                "-o",
                file.toString(),
                "--server",
                api.url());
        assertThat(export.exit()).as(export.all()).isZero();
        assertThat(export.out())
                .isEqualTo("archive: " + file + "\nsha256: " + HomeInvariants.sha256(Files.readAllBytes(file)) + "\n");

        ProcessRun missing = ProcessRun.here("export", "sensor-readings", "-p", "sensor_id=s-9", "--server", api.url());
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).contains("Sensor s-9 not found").doesNotContain("\tat ");
        assertThat(ProcessRun.windrow(folder, "export").exit()).isEqualTo(2);
        assertThat(ProcessRun.here("export", "sensors", "--server", "http://127.0.0.1:1")
                        .exit())
                .isEqualTo(3);
    }

    /** And what the log says on the way: a line an event, which names the export. */
    @Test
    void areNotReadyWhileTheStatusTableCantBeRead() throws Exception {
        Path home = folder.resolve("home");
        Path catalog = Samples.small(Files.createDirectory(folder.resolve("source")), 10);
        String[] settings = {"--windrow.home=" + home, "--windrow.catalog=" + catalog};
        try (ServingProcess all = ServingProcess.start(folder, "all", settings);
                ServingProcess api = ServingProcess.start(folder, "api", settings)) {
            for (ServingProcess process : new ServingProcess[] {all, api}) {
                change(home, "alter table exports rename to gone");
                Answer red = await().atMost(Duration.ofSeconds(60))
                        .until(() -> process.client.get(READINESS), answer -> answer.status() == 503);
                assertThat(red.text()).isEqualTo("{\"status\":\"DOWN\"}");
                assertThat(process.client.get("/actuator/health/liveness").status())
                        .isEqualTo(200);

                change(home, "alter table gone rename to exports");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> process.client.get(READINESS).status() == 200);
            }
            api.client.complete("{\"dataset\":\"big\"}");
            logsALineAnEventThatNamesTheExport(all, catalog);
        }
    }

    private static void logsALineAnEventThatNamesTheExport(ServingProcess server, Path catalog)
            throws IOException, SQLException {
        try (Connection source = DriverManager.getConnection("jdbc:sqlite:" + catalog.resolveSibling("big.db"));
                Statement statement = source.createStatement()) {
            statement.execute("drop table big");
        }
        String export = server.client.start("{\"dataset\":\"big\"}");
        server.client.awaitState(export, "failed");

        assertThat(server.log().lines()).allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z .+"));
        String id = export.substring(export.lastIndexOf('/') + 1);
        assertThat(server.log().lines())
                .anyMatch(line -> line.contains(id) && line.contains("source-query-failed") && line.contains("\tat "));
    }

    private static void change(Path home, String sql) throws SQLException {
        try (Connection status = DriverManager.getConnection(
                        "jdbc:sqlite:" + home.resolve("windrow.db") + "?busy_timeout=10000");
                Statement statement = status.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void areExplained() {
        ProcessRun help = ProcessRun.here("serve", "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("windrow.home", "windrow.worker.concurrency", "--role");
        assertThat(help.err()).isEmpty();
        ProcessRun good = ProcessRun.here(
                "check-catalog", Samples.sensors().resolve("catalog.yaml").toString());
        assertThat(good.exit()).as(good.all()).isZero();
        assertThat(good.out())
                .containsPattern("(?m)^note: .*dataset sensors, file sensors: enters an index at the position$")
                .endsWith("The catalog is good: 2 datasets.\n");
    }
}
