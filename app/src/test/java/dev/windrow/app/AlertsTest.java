package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alerts and levels in {@code ops/prometheus}: what they ask is there, and each is tested and explained. */
final class AlertsTest {
    private static final Path FOLDER = Path.of("..", "ops", "prometheus");
    private static final Path RULES = FOLDER.resolve("windrow.rules.yaml");
    private static final Path TESTS = FOLDER.resolve("windrow.rules.test.yaml");
    private static final Path DASHBOARD = Path.of("..", "ops", "grafana", "windrow.json");
    private static final Manual OPERATIONS = Manual.page("docs/operations.md");
    private static final Pattern METRIC = Pattern.compile("\\bwindrow_[a-z0-9_]+");
    private static final Pattern LEVEL = Pattern.compile("\\bwindrow:[a-z0-9_:]+");

    private static JsonNode yaml(Path file) throws IOException {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        return new JsonMapper().readTree(new Gson().toJson(read));
    }

    private static List<JsonNode> rules(String kind) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode group : yaml(RULES).path("groups")) {
            group.path("rules").forEach(found::add);
        }
        found.removeIf(rule -> !rule.has(kind));
        return found;
    }

    @Test
    void haveAnExplanationWhereTheySay() throws IOException {
        for (JsonNode alert : rules("alert")) {
            String name = alert.path("alert").asString();
            assertThat(alert.at("/annotations/runbook").asString())
                    .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(OPERATIONS.text()).contains("\n### " + name + "\n");
            assertThat(alert.at("/labels/severity").asString()).as(name).isIn("critical", "warning");
        }
        assertThat(OPERATIONS.text().lines().filter(line -> line.startsWith("### Windrow")))
                .hasSameSizeAs(rules("alert"));
    }

    @Test
    void areEachSeenFiringAndNotFiring() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (JsonNode test : yaml(TESTS).path("tests")) {
            for (JsonNode each : test.path("alert_rule_test")) {
                (each.path("exp_alerts").isEmpty() ? silent : firing)
                        .add(each.path("alertname").asString());
            }
        }
        Set<String> alerts = rules("alert").stream()
                .map(alert -> alert.path("alert").asString())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(firing).isEqualTo(alerts);
        assertThat(silent).isEqualTo(alerts);
    }

    @Test
    void fireAsTheirTestsSay() {
        Machine.requireProgram("the alerts", "promtool", "prometheus");
        for (List<String> command : List.of(
                List.of("promtool", "check", "rules", RULES.toString()),
                List.of("promtool", "test", "rules", TESTS.toString()))) {
            ProcessRun run = ProcessRun.of(command);
            assertThat(run.exit()).as("%s%s", run.out(), run.err()).isZero();
        }
    }

    @Test
    void askForMetricsThatThereAre() throws IOException {
        Set<String> known = OPERATIONS.table("## Metrics").stream()
                .map(row -> Manual.only(row.get(0)))
                .collect(Collectors.toSet());
        Set<String> levels = rules("record").stream()
                .map(rule -> rule.path("record").asString())
                .collect(Collectors.toSet());
        String asked = Files.readString(RULES) + queries(DASHBOARD);

        assertThat(METRIC.matcher(asked).results().map(MatchResult::group))
                .isNotEmpty()
                .allMatch(
                        name -> known.contains(name) || known.contains(name.replaceFirst("_(bucket|sum|count)$", "")));
        assertThat(LEVEL.matcher(asked).results().map(MatchResult::group))
                .isNotEmpty()
                .allMatch(levels::contains);
    }

    private static String queries(Path dashboard) throws IOException {
        JsonNode panels = new JsonMapper().readTree(Files.readString(dashboard)).path("panels");
        return StreamSupport.stream(panels.spliterator(), false)
                .map(panel -> panel.path("targets").toString())
                .collect(Collectors.joining("\n"));
    }
}
