package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Machine;
import dev.windrow.testkit.WindowClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Holds those tables of the manual to a running server that only one can tell of, and its runbook for backups to what
 * it does.
 */
final class ManualIT {
    private static final Manual API = Manual.page("docs/http-api.md");
    private static final Manual OPERATIONS = Manual.page("docs/operations.md");

    @TempDir
    Path folder;

    private RunningWindow serve(String... settings) {
        return RunningWindow.start(folder.resolve("home"), Samples.small(folder, 10), settings);
    }

    /** With a key, whose name is that of its label, and which ends soon. */
    private static String[] keys() {
        return new String[] {
            "--windrow.security.mode=api-keys",
            "--windrow.security.api-keys[0].name=key",
            "--windrow.security.api-keys[0].sha256=" + Digests.hex(new byte[] {1}),
            "--windrow.security.api-keys[0].expires=" + Instant.now().plus(Duration.ofDays(7))
        };
    }

    @Test
    void hasEveryRoute() {
        Set<String> routed = new TreeSet<>();
        try (RunningWindow windrow = serve(keys())) {
            windrow.parts(RequestMappingInfoHandlerMapping.class)
                    .forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(info -> add(routed, info)));
        }

        assertThat(routes()).containsExactlyInAnyOrderElementsOf(routed);
    }

    /** A mapping for no method is that of errors, which nobody asks for. */
    private static void add(Set<String> routes, RequestMappingInfo info) {
        for (String path : info.getPatternValues()) {
            for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                routes.add(method + " " + path.replace("{*", "{").replace("/**", "/{path}"));
            }
        }
    }

    private static List<String> routes() {
        List<String> routes = new ArrayList<>();
        API.table("## Routes")
                .forEach(row ->
                        Manual.code(row.get(0)).forEach(method -> routes.add(method + " " + Manual.only(row.get(1)))));
        return routes;
    }

    @Test
    void hasEveryRouteOfThePortOfManagement() {
        try (RunningWindow windrow = serve("--management.server.port=0")) {
            WindowClient management = new WindowClient("http://127.0.0.1:" + windrow.managementPort());
            Set<String> linked = new TreeSet<>();
            management
                    .get("/actuator")
                    .json()
                    .path("_links")
                    .forEach(link -> linked.add("GET "
                            + link.path("href")
                                    .asString()
                                    .replaceFirst("^http://[^/]+", "")
                                    .replace("{*", "{")));

            assertThat(routes().stream().filter(route -> route.contains("/actuator")))
                    .containsExactlyInAnyOrderElementsOf(linked);
            assertThat(windrow.client.get("/actuator/health").status()).isEqualTo(404);
            assertThat(management.get("/api/v1/datasets").status()).isEqualTo(404);
        }
    }

    /** The commands of the page, and what it says of a restored home. */
    @Test
    void isRestoredFromABackupThatWasMadeWhileItRan() throws Exception {
        Machine.requireProgram("the backup of docs/operations.md", "sqlite3", "sqlite3");
        Path backup = folder.resolve("backup");
        JsonNode kept;
        byte[] archive;
        String link;
        String later;
        try (RunningWindow windrow = serve()) {
            kept = windrow.client.complete("{\"dataset\":\"big\"}");
            archive = windrow.client.archive(kept);
            String self = kept.at("/links/self").asString();
            link = URI.create(windrow.client
                            .send("POST", self + "/links", "")
                            .json()
                            .path("url")
                            .asString())
                    .getPath();
            ProcessRun made = backup(windrow, backup);
            assertThat(made.exit()).as(made.err()).isZero();
            assertThat(Files.getPosixFilePermissions(backup.resolve("windrow.db")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(backup(windrow, backup).exit())
                    .as("into a folder that is there")
                    .isNotZero();
            later = windrow.client
                    .complete("{\"dataset\":\"big\"}")
                    .at("/links/self")
                    .asString();
            assertThat(windrow.client.send("DELETE", self + "/links", "").status())
                    .isEqualTo(204);
            assertThat(windrow.client.get(link).status()).isEqualTo(410);
        }
        try (RunningWindow restored = RunningWindow.start(backup, folder.resolve("catalog.yaml"))) {
            assertThat(restored.client.archive(kept)).isEqualTo(archive);
            assertThat(restored.client.get(later).status()).isEqualTo(404);
            assertThat(restored.client.get(link).bytes()).isEqualTo(archive);
        }
    }

    private ProcessRun backup(RunningWindow windrow, Path to) throws Exception {
        return ProcessRun.of(
                folder,
                List.of("sh", "-euc", OPERATIONS.block("## Backup", "sh")),
                Map.of("home", windrow.home.toString(), "backup", to.toString()));
    }
}
