package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.problem.ProblemType;
import dev.windrow.app.home.Home;
import dev.windrow.app.settings.Setting;
import dev.windrow.app.settings.SettingVariables;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Warning;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the tables of the manual to the code: each thing has its row, and each row its thing. */
final class ManualTest {
    private static final Manual API = Manual.page("docs/http-api.md");
    private static final Manual OPERATIONS = Manual.page("docs/operations.md");

    private static final Pattern CLASS_OR_METHOD =
            Pattern.compile("(?<type>[A-Z]\\w+)?(?:\\.[A-Z_]+)?(?:[#.](?<method>[a-z]\\w+))?");

    @Test
    void hasEverySettingWithItsDefault() {
        List<String> described = OPERATIONS.table("## Settings").stream()
                .map(row -> Manual.only(row.get(0)) + " = " + row.get(1))
                .toList();

        assertThat(described)
                .containsExactlyElementsOf(Setting.all().stream()
                        .map(setting -> setting.key() + " = " + setting.byDefault())
                        .toList());
    }

    @Test
    void saysWhatWeHaveSetOfSpringBootsSettings() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        Properties ours = yaml.getObject();
        List<List<String>> rows = OPERATIONS.table("### Of Spring Boot").stream()
                .filter(row -> ours.containsKey(Manual.only(row.get(0))))
                .toList();

        assertThat(rows).hasSize(5);
        assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).isEqualTo(ours.getProperty(Manual.only(row.get(0)))));
    }

    @Test
    void hasEveryPartOfReadiness() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));

        assertThat(OPERATIONS.column("## What to do when health is red", 0).stream()
                        .map(Manual::only))
                .containsExactly(
                        String.valueOf(yaml.getObject().get("management.endpoint.health.group.readiness.include"))
                                .split(","));
    }

    @Test
    void hasEveryVariableThatIsNoSetting() {
        assertThat(OPERATIONS.column("### Other variables", 0).stream().map(Manual::only))
                .containsExactlyInAnyOrderElementsOf(SettingVariables.OTHERS);
    }

    @Test
    void hasEveryCommand() {
        assertThat(OPERATIONS.column("## Commands", 0).stream().map(Manual::only))
                .containsExactlyInAnyOrderElementsOf(
                        Windrow.commandLine().getSubcommands().keySet());
    }

    @Test
    void hasEverythingOfAHome() throws ReflectiveOperationException {
        Home home = new Home(Path.of("/home"));
        Set<String> names = new TreeSet<>();
        for (Method method : Home.class.getDeclaredMethods()) {
            if (method.getReturnType() == Path.class
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.getName().equals("folder")) {
                names.add(((Path) method.invoke(home)).getFileName().toString());
            }
        }

        assertThat(OPERATIONS.column("## What is in the home", 0).stream().map(Manual::only))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void hasEveryRole() {
        assertThat(OPERATIONS.column("## Roles", 0).stream().map(Manual::only))
                .containsExactlyElementsOf(Stream.of(WindrowSettings.Role.values())
                        .map(WindrowSettings.Role::toString)
                        .toList());
    }

    @Test
    void hasEveryEventOfTheLog() {
        List<LogEvents.Event> rows = new ArrayList<>();
        for (String heading : List.of(
                "### Events of an export's life",
                "### Downloads, links and requests",
                "### Mails and deliveries",
                "### Storage and sweeps",
                "### The table, the queue and the worker",
                "### Starts")) {
            OPERATIONS
                    .table(heading)
                    .forEach(row -> rows.add(new LogEvents.Event(row.get(0), Manual.only(row.get(1)), heading)));
        }
        Set<LogEvents.Event> used = new HashSet<>();
        for (LogEvents.Event event : LogEvents.all()) {
            List<LogEvents.Event> its = rows.stream().filter(event::begins).toList();
            assertThat(its).as("rows of %s", event).isNotEmpty();
            used.addAll(its);
        }

        assertThat(rows).as("rows of nothing that is logged").allMatch(used::contains);
    }

    @Test
    void hasEveryTypeOfProblem() {
        List<String> described = API.table("## Problems").stream()
                .map(row -> "/problems/" + Manual.only(row.get(0)) + " " + row.get(1))
                .toList();

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ProblemType.values())
                        .map(type -> type.uri() + " " + type.status())
                        .toList());
    }

    @Test
    void hasEveryReasonForWhichAnExportFails() {
        List<String> described = API.table("### Why an export fails").stream()
                .map(row -> Manual.only(row.get(0)) + " " + row.get(2))
                .toList();

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(Stream.of(FailureCode.values())
                        .map(code -> ProblemType.uri(code.id()) + (code.mayPass() ? " yes" : " no"))
                        .toList());
    }

    @Test
    void hasEveryWarning() {
        assertThat(API.column("### Warnings", 0).stream().map(Manual::only))
                .containsExactlyElementsOf(
                        Stream.of(Warning.Type.values()).map(Warning.Type::id).toList());
    }

    @Test
    void hasEveryFieldOfAStartAndEveryOption() throws IOException {
        JsonNode start = openApi().at("/components/schemas/Start/properties");

        assertThat(API.column("## Start an export", 0).stream().map(Manual::only))
                .containsExactlyInAnyOrderElementsOf(start.propertyNames());
        Set<String> options = new TreeSet<>();
        start.at("/options/properties")
                .properties()
                .forEach(one -> options.addAll(names(one.getKey(), one.getValue())));
        assertThat(API.column("### Options of formats", 0).stream().map(Manual::only))
                .containsExactlyInAnyOrderElementsOf(options);
    }

    /** Those of one format by its name, or one that several formats have. */
    private static List<String> names(String option, JsonNode schema) {
        return schema.has("properties")
                ? schema.path("properties").propertyNames().stream()
                        .map(name -> option + "." + name)
                        .toList()
                : List.of(option);
    }

    /** In the example or in the table below it. */
    @Test
    void hasEveryFieldOfAnExport() throws IOException {
        JsonNode schemas = openApi().at("/components/schemas");

        for (String schema :
                List.of("Export", "Progress", "Archive", "Dataset", "DryRun", "Problem", "Link", "Links", "AuditRow")) {
            schemas.path(schema)
                    .path("properties")
                    .propertyNames()
                    .forEach(name -> assertThat(API.text())
                            .as("%s.%s", schema, name)
                            .containsPattern("[\"`.]" + name + "[\"`]"));
        }
    }

    /** Where a method is named alone, it is of the class before it. */
    @Test
    void namesNoClassAndNoTestForSecurityThatIsNotThere() throws IOException {
        Map<String, Path> sources = sources();
        for (List<String> row : Manual.page("docs/SECURITY.md").table("## Threats")) {
            Path file = null;
            for (String name : Manual.code(row.get(1) + row.get(2))) {
                Matcher named = CLASS_OR_METHOD.matcher(name);
                if (named.matches()) {
                    file = named.group("type") == null ? file : sources.get(named.group("type"));
                    assertThat(file).as("%s of %s", name, row).isNotNull();
                    String method = named.group("method");
                    if (method != null) {
                        assertThat(Files.readString(file))
                                .as("%s of %s", name, row)
                                .contains(" " + method + "(");
                    }
                }
            }
        }
    }

    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.filter(folder -> Files.isDirectory(folder.resolve("src")))
                    .toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .forEach(file ->
                                    sources.put(file.getFileName().toString().replace(".java", ""), file));
                }
            }
        }
        return sources;
    }

    private static JsonNode openApi() throws IOException {
        try (InputStream in = ProblemType.class.getResourceAsStream("/dev/windrow/api/openapi.json")) {
            return JsonMapper.shared().readTree(in.readAllBytes());
        }
    }
}
