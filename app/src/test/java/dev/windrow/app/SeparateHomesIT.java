package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.access.key.KeyText;
import dev.windrow.app.schema.Schema;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Processes of the delivered jar with homes of their own, as on several machines, and one PostgreSQL. */
@Tag("slow")
final class SeparateHomesIT {
    private static final String KEY = "a key of this test that makes tokens";
    private static final String MEND = "windrow.artifacts.url";

    @TempDir
    Path folder;

    private final FreshDatabase status = FreshDatabase.fresh();

    @BeforeEach
    void migrate() {
        ProcessRun migrate = ProcessRun.windrow(folder, "migrate", "--windrow.home=" + home("any"), status.setting());
        assertThat(migrate.exit()).as(migrate.all()).isZero();
    }

    private Path home(String machine) {
        return folder.resolve(machine).resolve("home");
    }

    private ServingProcess serve(String machine, String role, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--windrow.home=" + home(machine));
        all.add("--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"));
        all.add(status.setting());
        Path own = Files.createDirectories(folder.resolve(machine));
        return ServingProcess.start(own, role, all.toArray(String[]::new));
    }

    @Test
    void signLinksAndTokensForOneAnother() throws IOException {
        Path keys = Files.writeString(
                folder.resolve("keys.yaml"),
                "- { name: host, roles: [mint, export], sha256: " + KeyText.sha256(KEY) + " }\n");
        String[] settings = {"--windrow.security.mode=api-keys", "--windrow.security.keys-file=" + keys};
        // A home that was there before the database, and links that were made with its secret.
        Path kept = Files.createDirectories(home("one")).resolve("links.secret");
        Files.writeString(kept, "0123456789abcdef".repeat(4));
        try (ServingProcess one = serve("one", "api", settings);
                ServingProcess two = serve("two", "api", settings);
                ServingProcess worker = serve("one", "worker", settings)) {
            String token =
                    post(one, "/api/v1/tokens", """
                    {"principal":"u-1","datasets":["sensors"]}""", KEY).json().path("token").asString();
            String[] user = {"Authorization", "Bearer " + token};
            assertThat(two.client.get("/api/v1/me", user).json().path("name").asString())
                    .isEqualTo("u-1");

            String export = post(two, WindowClient.EXPORTS, "{\"dataset\":\"sensors\"}", token)
                    .header("Location");
            one.client.awaitState(export, "completed", user);
            String link =
                    post(two, export + "/links", "{}", token).json().path("url").asString();
            String linked = link.substring(link.indexOf("/d/"));
            assertThat(one.client.get(linked).status()).isEqualTo(200);
            Answer elsewhere = two.client.get(linked);
            assertThat(elsewhere.status())
                    .as("known, though its file is not there")
                    .isEqualTo(503);
            assertThat(elsewhere.header("Retry-After")).isEqualTo("5");
            assertThat(elsewhere.text()).doesNotContain(folder.toString());
            assertThat(two.client.get(export, user).json().path("state").asString())
                    .isEqualTo("completed");

            assertThat(home("two").resolve("links.secret")).doesNotExist();
            assertThat(home("two").resolve("tokens.secret")).doesNotExist();
            assertThat(two.log())
                    .contains("archives are kept in the home")
                    .contains(MEND)
                    .contains("is in store "
                            + Files.readString(home("one").resolve("artifacts/.store"))
                                    .strip())
                    .doesNotContain("\tat ", Files.readString(kept));
            assertThat(worker.log()).contains("archives are kept in the home");
        }
        try (ServingProcess again = serve("two", "api", settings)) {
            assertThat(again.log()).contains("1 archives are in another store than ");
        }
    }

    private static Answer post(ServingProcess serving, String path, String body, String token) {
        Answer answer = serving.client.send(
                "POST", path, body, "Content-Type", "application/json", "Authorization", "Bearer " + token);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    @Test
    void goOnAndStartBesideALaterVersionThatAllowsIt() throws Exception {
        ServingProcess api = serve("one", "api");
        ServingProcess worker = serve("one", "worker");
        List<String> exports = new ArrayList<>();
        try {
            exports.addAll(starts(api));
            later("alter table exports add column later text", "create table later (id integer)");
            assertThat(migrated().out())
                    .isEqualTo("The database is at schema version 99, which is newer than this Windrow's "
                            + Schema.VERSION + " and lets it go on: nothing was changed.\n");
            exports.addAll(starts(api));
            worker.kill();
            worker = serve("one", "worker");
            exports.addAll(starts(api));
            api.kill();
            api = serve("one", "api");
            exports.addAll(starts(api));
            List<String> digests = new ArrayList<>();
            for (String export : exports) {
                JsonNode completed = api.client.awaitState(export, "completed");
                digests.add(HomeInvariants.sha256(
                        api.client.get(export + "/entries/sensors.csv").bytes()));
                assertThat(api.client.archive(completed)).isNotEmpty();
            }
            assertThat(digests).hasSize(exports.size());
            assertThat(Set.copyOf(digests)).as("one digest of one input").hasSize(1);

            status.execute("update schema_floor set version = 99");
            awaitNotReady(api);
            awaitNotReady(worker);
            assertThat(api.log()).contains("not ready: ", "schema version 99 or later");
        } finally {
            worker.close();
            api.close();
        }
        ProcessRun refused = migrated();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("which a Windrow of schema version 99 or later may use");
        ProcessRun start = ProcessRun.windrow(
                folder,
                "serve",
                "--role",
                "api",
                "--server.port=0",
                "--windrow.home=" + home("one"),
                status.setting(),
                "--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"));
        assertThat(start.exit()).isEqualTo(1);
        assertThat(start.all()).contains("run a newer Windrow on it");
    }

    private ProcessRun migrated() {
        return ProcessRun.windrow(folder, "migrate", "--windrow.home=" + home("any"), status.setting());
    }

    private static void awaitNotReady(ServingProcess process) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> process.client.get("/actuator/health/readiness").status() == 503);
    }

    private static List<String> starts(ServingProcess api) {
        List<String> exports = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            exports.add(api.client.start("{\"dataset\":\"sensors\"}"));
        }
        return exports;
    }

    /** What a migration of a later version would leave. */
    private void later(String... statements) {
        for (String statement : statements) {
            status.execute(statement);
        }
        status.execute("insert into flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) values (99, '099', 'later', 'SQL', 'V099', 'me', 1, true)");
    }
}
