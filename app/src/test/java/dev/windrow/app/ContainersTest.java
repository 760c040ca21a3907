package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.windrow.app.settings.SettingVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the container files promise of the product. Nothing here starts a container. */
final class ContainersTest {
    /** The settings and the launcher's variables that a container may be given: those of docs/operations.md. */
    private static final Set<String> VARIABLES = Set.of(
            "WINDROW_HOME",
            "WINDROW_CATALOG",
            "WINDROW_ROLE",
            "WINDROW_HEAP",
            "JAVA_OPTS",
            "SERVER_PORT",
            "SERVER_ADDRESS");

    private static final Pattern VARIABLE = Pattern.compile("(?<=[ \n])([A-Z][A-Z0-9_]{1,60})=");

    private static final String CATALOG = "${WINDROW_CATALOG_FOLDER:-./catalog}:/catalog:ro";

    private Map<String, Map<String, Object>> services = Map.of();
    private Map<String, Map<String, Object>> many = Map.of();
    private Map<String, Object> compose = Map.of();

    @BeforeEach
    @SuppressWarnings("unchecked")
    void read() throws IOException {
        compose = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("..", "docker-compose.yml")));
        Map<String, Map<String, Object>> all = (Map<String, Map<String, Object>>) compose.get("services");
        services = new LinkedHashMap<>();
        many = new LinkedHashMap<>();
        all.forEach((name, service) -> (service.containsKey("profiles") ? many : services).put(name, service));
    }

    /** ComposeIT runs these, so what the manual says works too. */
    @Test
    void haveTheSettingsThatTheManualNamesForManyMachines() throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "operations.md"));
        int section = manual.indexOf("\n## From one machine to many\n");
        assertThat(section).isPositive();
        Set<String> named = VARIABLE.matcher(manual.substring(section, manual.indexOf("\n## ", section + 1)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> given = new HashSet<>();
        many.forEach((name, service) -> {
            if ("windrow".equals(service.get("image"))) {
                given.addAll(environment(service).keySet());
            }
        });
        // The containers' database asks for none, and their heap and the client's server are no settings.
        given.add("WINDROW_DATABASE_PASSWORD");
        given.add("WINDROW_SERVER");
        given.remove("WINDROW_HEAP");
        assertThat(named).isEqualTo(given);
    }

    @Test
    void hasTheSamePartsForManyMachinesUnderAProfile() {
        assertThat(many.values())
                .allSatisfy(service -> assertThat(service)
                        .containsEntry("profiles", List.of("many"))
                        .containsEntry("network_mode", "host"));
        assertThat(many.keySet())
                .containsExactlyInAnyOrder(
                        "many-database",
                        "many-bucket",
                        "many-migrate",
                        "many-api-1",
                        "many-api-2",
                        "many-worker-1",
                        "many-worker-2",
                        "many-worker-3");
        Set<Object> ports = new HashSet<>();
        many.forEach((name, service) -> {
            if (!"windrow".equals(service.get("image"))) {
                return;
            }
            assertThat(service)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsKeys("mem_limit", "pids_limit");
            Map<String, Object> given = environment(service);
            assertThat(given).doesNotContainEntry("WINDROW_HOME", "/data");
            assertThat(service.get("volumes")).as("nothing in common on a disk").isEqualTo(List.of(CATALOG));
            if (!name.equals("many-migrate")) {
                assertThat(ports.add(given.get("SERVER_PORT"))).as(name).isTrue();
                assertThat(service.get("healthcheck").toString())
                        .contains("http://127.0.0.1:" + given.get("SERVER_PORT") + "/actuator/health/readiness");
            }
        });
    }

    /** What Windrow is given on many machines stands for it in the table of settings, too. */
    @Test
    void givesManyMachinesOnlySettingsThatThereAre() {
        many.forEach((name, service) -> {
            if ("windrow".equals(service.get("image"))) {
                assertThatCode(() -> SettingVariables.check(ComposeService.variables(service)))
                        .doesNotThrowAnyException();
            }
        });
    }

    @Test
    void hasOneServiceForEachRoleAndOneThatMigrates() {
        assertThat(services.keySet()).containsExactlyInAnyOrder("migrate", "api", "worker");
        assertThat(services.get("migrate")).containsEntry("command", List.of("migrate"));
        assertThat(services.get("api")).containsEntry("command", List.of("serve", "--role", "api"));
        assertThat(services.get("worker")).containsEntry("command", List.of("serve", "--role", "worker"));
    }

    @Test
    void migratesOnceBeforeTheOthersStart() {
        assertThat(services.get("migrate")).containsEntry("restart", "no");
        for (String role : List.of("api", "worker")) {
            assertThat(services.get(role))
                    .containsEntry("restart", "unless-stopped")
                    .containsEntry(
                            "depends_on", Map.of("migrate", Map.of("condition", "service_completed_successfully")));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void sharesOneHomeOnOneVolume() {
        assertThat(compose.get("volumes")).hasToString("{home=null, many-database=null, many-bucket=null}");
        for (String service : services.keySet()) {
            assertThat((List<Object>) services.get(service).get("volumes")).contains("home:/data");
            assertThat(environment(service)).containsEntry("WINDROW_HOME", "/data");
        }
    }

    @Test
    void givesAContainerNoMoreThanItNeeds() {
        assertThat(services.values())
                .allSatisfy(service -> assertThat(service)
                        .containsEntry("read_only", true)
                        .containsEntry("cap_drop", List.of("ALL"))
                        .containsEntry("security_opt", List.of("no-new-privileges:true"))
                        .containsKeys("mem_limit", "pids_limit")
                        .doesNotContainKeys("privileged", "cap_add", "pid", "ipc", "devices"));
    }

    /**
     * A place of its own for what is written outside the home: SQLite's library, which is loaded from there, and
     * Tomcat's folder.
     */
    @Test
    @SuppressWarnings("unchecked")
    void writesToItsHomeAndToMemoryAlone() {
        for (Map<String, Object> service : services.values()) {
            assertThat((List<String>) service.get("tmpfs"))
                    .singleElement()
                    .asString()
                    .startsWith("/tmp:rw,exec,")
                    .contains("size=");
            assertThat((List<String>) service.get("volumes")).containsExactly("home:/data", CATALOG);
        }
    }

    @Test
    void givesTheHomeToItsUserAlone() throws IOException {
        assertThat(Files.readString(Path.of("..", "Dockerfile")))
                .contains("install -d -m 0700 -o windrow -g windrow /data");
    }

    @Test
    void listensOnTheMachinesLoopbackAndOnTwoPorts() {
        assertThat(services.values())
                .allSatisfy(service -> assertThat(service)
                        .containsEntry("network_mode", "host")
                        .doesNotContainKey("ports"));
        assertThat(environment("api").get("SERVER_PORT"))
                .isNotEqualTo(environment("worker").get("SERVER_PORT"));
        for (String role : List.of("api", "worker")) {
            assertThat(services.get(role).get("healthcheck").toString())
                    .contains(
                            "http://127.0.0.1:" + environment(role).get("SERVER_PORT") + "/actuator/health/readiness");
        }
    }

    @Test
    void namesNoVariableThatNobodyReads() {
        for (String service : services.keySet()) {
            assertThat(VARIABLES).containsAll(environment(service).keySet());
        }
    }

    @Test
    void runsAsNobodySpecialWithTheLaunchersOptions() throws IOException {
        String image = Files.readString(Path.of("..", "Dockerfile"));
        String launcher = Files.readString(Path.of("..", "windrow"));

        assertThat(image).contains("\nUSER windrow\n", "\nVOLUME /data\n", "WINDROW_HOME=/data", "exec java");
        assertThat(image)
                .contains("/build/app/jvm.options /opt/windrow/", "exec java @/opt/windrow/jvm.options")
                .doesNotContain("-XX:+", "-Xss", "-Xms");
        assertThat(image).contains("\nHEALTHCHECK ", "http://127.0.0.1:${SERVER_PORT:-8080}/actuator/health/liveness");
        assertThat(launcher).contains("\"$root/app/jvm.options\"").doesNotContain("-XX:+", "-Xss", "-Xms");
    }

    private Map<String, Object> environment(String service) {
        return environment(services.get(service));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(Map<String, Object> service) {
        return (Map<String, Object>) service.get("environment");
    }
}
