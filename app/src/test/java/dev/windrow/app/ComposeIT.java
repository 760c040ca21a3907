package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The commands and environments of docker-compose.yml's profile {@code many} as processes of the delivered jar: only
 * where its folders, hosts and ports are is another matter than in the containers.
 */
@Tag("slow")
@Tag("machines")
final class ComposeIT {
    private static final List<String> SERVICES =
            List.of("many-api-1", "many-api-2", "many-worker-1", "many-worker-2", "many-worker-3");

    @TempDir
    Path folder;

    private final FreshDatabase database = FreshDatabase.fresh();
    private S3Server bucket;
    private final Map<String, ServingProcess> processes = new LinkedHashMap<>();

    @BeforeEach
    void start() {
        bucket = S3Server.start(folder.resolve("bucket"), "windrow");
    }

    @AfterEach
    void end() {
        processes.values().forEach(ServingProcess::close);
        bucket.close();
    }

    @Test
    void makeExportsAndGiveThemWhicheverIsAsked() throws Exception {
        ComposeService migrate = ComposeService.of("many-migrate");
        ProcessRun made = ProcessRun.of(
                folder, ProcessRun.jar(migrate.command().toArray(String[]::new)), variables(migrate, folder));
        assertThat(made.exit()).as(made.all()).isZero();
        for (String name : SERVICES) {
            ComposeService service = ComposeService.of(name);
            Path own = Files.createDirectories(folder.resolve(name));
            processes.put(name, ServingProcess.start(own, service.command(), variables(service, own)));
        }
        ServingProcess one = processes.get("many-api-1");
        ServingProcess two = processes.get("many-api-2");
        List<String> exports = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            exports.add((i % 2 == 0 ? one : two).client.start("{\"dataset\":\"sensors\"}"));
        }
        for (String export : exports) {
            JsonNode completed = two.client.awaitState(export, "completed");
            assertThat(HomeInvariants.sha256(two.client.archive(completed)))
                    .isEqualTo(completed.at("/file/sha256").asString());
            assertThat(HomeInvariants.sha256(one.client.archive(completed)))
                    .isEqualTo(completed.at("/file/sha256").asString());
        }
        assertThat(one.log())
                .contains("archives in s3://windrow/exports")
                .doesNotContain("archives are kept in the home", "another store");
    }

    /** Those of the service, but for where things are. */
    private Map<String, String> variables(ComposeService service, Path own) {
        Map<String, String> variables = new HashMap<>(service.variables());
        Map<String, String> moved = Map.of(
                "WINDROW_HOME", own.resolve("home").toString(),
                "WINDROW_CATALOG", Samples.sensors().resolve("catalog.yaml").toString(),
                "WINDROW_DATABASE_URL", database.url().replaceAll("\\?.*", ""),
                "WINDROW_DATABASE_USERNAME", "postgres",
                "WINDROW_ARTIFACTS_S3_ENDPOINT", bucket.endpoint().toString());
        assertThat(variables).containsKeys(moved.keySet().toArray(String[]::new));
        variables.putAll(moved);
        assertThat(variables).containsKeys(S3Server.environment().keySet().toArray(String[]::new));
        variables.putAll(S3Server.environment());
        return variables;
    }
}
