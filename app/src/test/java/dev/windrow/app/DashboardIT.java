package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.Http;
import dev.windrow.testkit.Machine;
import dev.windrow.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus reads a running Windrow, with the rules of {@code ops}, and the dashboard asks it. */
@Tag("slow")
final class DashboardIT {
    private static final Path OPS = Path.of("..", "ops").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private RunningWindow windrow;
    private Http prometheus;

    @Test
    void getsAnAnswerToEachQuestion() throws Exception {
        Machine.requireProgram("the dashboard's queries", "prometheus", "prometheus");
        try (RunningWindow serving = RunningWindow.start(folder.resolve("home"), Samples.small(folder, 1000))) {
            windrow = serving;
            int port = Ports.free();
            Process process = start(port);
            try {
                prometheus = new Http(port);
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> !ask("windrow_exports").isEmpty());
                serving.client.archive(serving.client.complete("{\"dataset\":\"big\"}"));
                for (String query : queries()) {
                    await(query).atMost(PATIENCE).until(() -> !ask(query).isEmpty());
                }
                // The series are there before the export is, and a scrape that a busy machine has missed leaves none.
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(ask("sum(windrow_export_rows_total)")
                                        .at("/0/value/1")
                                        .asString(""))
                                .isEqualTo("1000"));
                await().atMost(PATIENCE).untilAsserted(this::everyRuleIsWell);
            } finally {
                process.destroy();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private Process start(int port) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yaml"), """
                global: { scrape_interval: 1s, evaluation_interval: 1s }
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: windrow
                    metrics_path: /actuator/prometheus
                    static_configs: [ { targets: ["%s"] } ]
                """.replaceFirst(
                        "%s", OPS.resolve("prometheus/windrow.rules.yaml").toString())
                .replaceFirst("%s", URI.create(windrow.client.url()).getAuthority()));
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    /** With what Grafana puts in for its variables. */
    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        JsonNode dashboard = new JsonMapper().readTree(Files.readString(OPS.resolve("grafana/windrow.json")));
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(target.path("expr")
                        .asString()
                        .replace("$__rate_interval", "1m")
                        .replace("$dataset", ".*"));
            }
        }
        assertThat(queries).hasSizeGreaterThan(10);
        return queries;
    }

    private JsonNode ask(String query) {
        JsonNode answer = prometheus
                .get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .json();
        assertThat(answer.path("status").asString()).as(query + answer).isEqualTo("success");
        return answer.at("/data/result");
    }

    private void everyRuleIsWell() {
        List<String> health = new ArrayList<>();
        for (JsonNode group : prometheus.get("/api/v1/rules").json().at("/data/groups")) {
            for (JsonNode rule : group.path("rules")) {
                health.add(rule.path("health").asString());
                assertThat(rule.path("state").asString()).as(rule.toString()).isNotEqualTo("firing");
            }
        }
        assertThat(health).hasSizeGreaterThan(10).containsOnly("ok");
    }
}
