package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.windrow.app.settings.SettingVariables;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the manifests say, by Kubernetes' own models of it and by what Windrow takes. Nothing here has a cluster. */
final class KubernetesTest {
    private static final Path FOLDER = Path.of("..", "ops", "kubernetes");

    /** What Kubernetes knows of a kind; it throws for a field that is unknown or missing. */
    private interface Model {
        void judge(JsonElement manifest) throws IOException;
    }

    private static final Map<String, Model> MODELS = Map.of(
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "v1 Secret", V1Secret::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "apps/v1 Deployment", V1Deployment::validateJsonElement,
            "batch/v1 Job", V1Job::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement);

    private final Map<String, JsonNode> manifests = new HashMap<>();
    private JsonNode kustomization;

    @BeforeEach
    void read() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
                for (Object document : yaml.loadAll(Files.readString(file))) {
                    JsonNode manifest = new JsonMapper().readTree(new Gson().toJson(document));
                    if (file.endsWith("kustomization.yaml")) {
                        kustomization = manifest;
                    } else {
                        String name = manifest.path("kind").asString() + " "
                                + manifest.at("/metadata/name").asString();
                        assertThat(manifests.put(name, manifest)).as(name).isNull();
                    }
                }
            }
        }
    }

    @Test
    void areOfTheKindsThatTheySay() throws IOException {
        assertThat(manifests)
                .containsOnlyKeys(
                        "ConfigMap windrow",
                        "Secret windrow",
                        "Job windrow-migrate",
                        "Deployment windrow-api",
                        "Deployment windrow-worker",
                        "Service windrow",
                        "PodDisruptionBudget windrow-api",
                        "PodDisruptionBudget windrow-worker",
                        "HorizontalPodAutoscaler windrow-worker");
        for (JsonNode manifest : manifests.values()) {
            model(manifest).judge(JsonParser.parseString(manifest.toString()));
        }
        String misspelt =
                manifests.get("Deployment windrow-api").toString().replace("readinessProbe", "readynessProbe");
        assertThatThrownBy(() -> V1Deployment.validateJsonElement(JsonParser.parseString(misspelt)))
                .as("the models notice")
                .hasMessageContaining("readynessProbe");
        for (JsonNode file : kustomization.path("resources")) {
            assertThat(FOLDER.resolve(file.asString())).exists();
        }
    }

    private static Model model(JsonNode manifest) {
        String kind = manifest.path("apiVersion").asString() + " "
                + manifest.path("kind").asString();
        assertThat(MODELS).containsKey(kind);
        return MODELS.get(kind);
    }

    @Test
    void haveTheImageOfTheDockerfileAndNoMoreRightsThanItNeeds() throws IOException {
        String compose = Files.readString(Path.of("..", "docker-compose.yml"));
        String dockerfile = Files.readString(Path.of("..", "Dockerfile"));
        for (JsonNode pod : pods()) {
            JsonNode container = container(pod);
            assertThat(compose).contains("\n  image: " + container.path("image").asString() + "\n");
            assertThat(kustomization.at("/images/0/name")).isEqualTo(container.path("image"));
            JsonNode user = pod.path("securityContext");
            assertThat(user.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(dockerfile)
                    .contains(
                            "--uid " + user.path("runAsUser").asInt(),
                            "--gid " + user.path("runAsGroup").asInt());
            JsonNode rights = container.path("securityContext");
            assertThat(rights.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(rights.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(rights.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(container.at("/resources/limits/memory").asString()).isNotEmpty();
            assertThat(container.at("/resources/requests/cpu").asString()).isNotEmpty();
            Set<String> written = Set.of("/data", "/tmp");
            for (JsonNode mount : container.path("volumeMounts")) {
                assertThat(mount.path("readOnly").asBoolean(false))
                        .isNotEqualTo(written.contains(mount.path("mountPath").asString()));
            }
        }
    }

    @Test
    void givePodsOnlySettingsThatThereAre() {
        Map<String, String> given = new HashMap<>();
        manifests.get("ConfigMap windrow").path("data").properties().forEach(each -> {
            given.put(each.getKey(), each.getValue().asString());
        });
        for (JsonNode pod : pods()) {
            container(pod)
                    .path("env")
                    .forEach(each -> given.put(each.path("name").asString(), "set"));
            assertThat(container(pod).at("/envFrom/0/configMapRef/name").asString())
                    .isEqualTo("windrow");
        }
        manifests.get("Secret windrow").path("stringData").propertyNames().forEach(name -> {
            if (!name.equals("keys.yaml")) {
                assertThat(given).as("is handed on").containsKey(name);
            }
        });
        assertThatCode(() -> SettingVariables.check(given)).doesNotThrowAnyException();
        assertThat(given.keySet())
                .filteredOn(name -> !name.startsWith("WINDROW_"))
                .containsExactlyInAnyOrder(
                        "SERVER_ADDRESS",
                        "SERVER_PORT",
                        "SERVER_FORWARD_HEADERS_STRATEGY",
                        "SERVER_TOMCAT_REMOTEIP_INTERNALPROXIES",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void playEachPartByArgumentsThatAreTaken() {
        List<String> parts = new ArrayList<>();
        for (JsonNode pod : pods()) {
            List<String> arguments = new ArrayList<>();
            container(pod).path("args").forEach(each -> arguments.add(each.asString()));
            assertThatCode(() -> Windrow.commandLine().parseArgs(arguments.toArray(String[]::new)))
                    .doesNotThrowAnyException();
            parts.add(String.join(" ", arguments));
        }
        assertThat(parts).containsExactlyInAnyOrder("migrate", "serve --role api", "serve --role worker");
    }

    @Test
    void areAskedWhereTheirHealthIs() {
        String port = manifests.get("ConfigMap windrow").at("/data/SERVER_PORT").asString();
        for (String part : List.of("api", "worker")) {
            JsonNode pod = manifests.get("Deployment windrow-" + part).at("/spec/template/spec");
            JsonNode container = container(pod);
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                JsonNode asked = container.path(probe).path("httpGet");
                assertThat(asked.path("port").asString()).isEqualTo("http");
                assertThat(asked.path("path").asString())
                        .isEqualTo("/actuator/health/" + (probe.startsWith("readiness") ? "readiness" : "liveness"));
            }
            assertThat(container.at("/ports/0/containerPort").asString()).isEqualTo(port);
            int pause = container.path("lifecycle").isMissingNode()
                    ? 0
                    : container.at("/lifecycle/preStop/exec/command/1").asInt();
            assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                    .as("downloads get 30 s, runs 3 s")
                    .isGreaterThanOrEqualTo(pause + 40);
            JsonNode chosen =
                    manifests.get("PodDisruptionBudget windrow-" + part).at("/spec/selector/matchLabels");
            assertThat(chosen)
                    .isEqualTo(manifests.get("Deployment windrow-" + part).at("/spec/selector/matchLabels"))
                    .isEqualTo(manifests.get("Deployment windrow-" + part).at("/spec/template/metadata/labels"));
        }
        assertThat(manifests.get("Service windrow").at("/spec/selector"))
                .isEqualTo(manifests.get("Deployment windrow-api").at("/spec/selector/matchLabels"));
    }

    private List<JsonNode> pods() {
        return Stream.of("Job windrow-migrate", "Deployment windrow-api", "Deployment windrow-worker")
                .map(name -> manifests.get(name).at("/spec/template/spec"))
                .toList();
    }

    private static JsonNode container(JsonNode pod) {
        assertThat(pod.path("containers")).hasSize(1);
        return pod.path("containers").get(0);
    }
}
