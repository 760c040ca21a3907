package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows between the rooms, and the proof that each rule can fail: {@code broken} is a house that breaks them all.
 */
final class ArchitectureTest {
    private static final String ROOT = "dev.windrow";
    /** Beside app, so that no component scan of a test finds it. */
    private static final String BROKEN = "dev.windrow.broken";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/dev/windrow/testkit/"))
            .importPackages(ROOT);
    private static final JavaClasses BROKEN_HOUSE = new ClassFileImporter().importPackages(BROKEN);

    /** For each rule what its report on the broken house must name. */
    private static final Map<String, String> OFFENDERS = Map.ofEntries(
            Map.entry("modules know each other as the arrows say", "KnowsTheWorker"),
            Map.entry("the client knows the JDK and Jackson", "KnowsTheServer"),
            Map.entry("the command line knows of common how files are named and closed", "KnowsTheExports"),
            Map.entry("a port knows the JDK and the ports it may see", "PortThatLogs"),
            Map.entry("an adapter is named by app alone", "NamesAnAdapter"),
            Map.entry("an adapter knows its own port", "KnowsAnotherPort"),
            Map.entry("a stage of the archive knows no other stage", "KnowsTheArchive"),
            Map.entry("only the worker moves a run", "MovesARun"),
            Map.entry("every room of api and worker has its place", "OfNoKnownRoom"),
            Map.entry("a door of the API sees no other", "KnowsAnotherDoor"),
            Map.entry("what doors share sees no door", "KnowsADoor"),
            Map.entry("the front sees no door, and of what they share the least", "FrontThatKnowsADoor"),
            Map.entry("api.http knows nothing of ours", "KnowsAnExport"),
            Map.entry("a stage of a run sees no run", "KnowsTheRun"),
            Map.entry("the sweep sees no run", "SweepsARun"),
            Map.entry("JobRunr lives in worker.queue", "KnowsEveryLibrary"),
            Map.entry("commons-compress lives in worker.archive and api.archive", "KnowsEveryLibrary"),
            Map.entry("SnakeYAML lives in common.catalog.yaml", "KnowsEveryLibrary"),
            Map.entry("the S3 client lives in common.artifact.s3", "KnowsEveryLibrary"),
            Map.entry("the SSH library lives in common.artifact.sftp", "KnowsEveryLibrary"),
            Map.entry("mail lives in worker.outbox.mail", "KnowsEveryLibrary"),
            Map.entry("the SDK of MCP lives in api.mcp", "KnowsEveryLibrary"),
            Map.entry("the HTTP client lives in worker.outbox.webhook", "KnowsEveryLibrary"),
            Map.entry("Flyway lives in app", "KnowsEveryLibrary"),
            Map.entry("Micrometer lives in app and starter", "KnowsEveryLibrary"),
            Map.entry("OpenTelemetry lives in app.traces", "KnowsEveryLibrary"),
            Map.entry("picocli lives in cli and app", "KnowsEveryLibrary"),
            Map.entry("JDBC lives in the jdbc rooms, examples, cli.crash, app and starter", "KnowsEveryLibrary"),
            Map.entry("web types live in api, app and starter", "KnowsEveryLibrary"),
            Map.entry("Spring stereotypes live in api, app and starter", "FoundByScanning"),
            Map.entry("nothing is injected into a field", "FoundByScanning"),
            Map.entry("packages form no cycles", "Cycle detected"),
            Map.entry("every package is null-marked", "Unmarked"),
            Map.entry("a type is public only if another package uses it", "PublicForNobody"),
            Map.entry("names say what a class does", "VagueHelper"),
            Map.entry("a package has 20 types at most", "Crowd"),
            Map.entry("nothing takes more than 7 parameters", "EightParts"),
            Map.entry("types of a package form no circle", "Hen"));

    static Stream<Arguments> productRules() {
        return arguments(new Architecture(ROOT));
    }

    static Stream<Arguments> brokenRules() {
        return arguments(new Architecture(BROKEN));
    }

    private static Stream<Arguments> arguments(Architecture architecture) {
        return architecture.rules().entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("productRules")
    void theProductKeeps(String sentence, ArchRule rule) {
        rule.check(PRODUCT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void theBrokenHouseIsCaughtBy(String sentence, ArchRule rule) {
        assertThat(rule.evaluate(BROKEN_HOUSE).getFailureReport().getDetails())
                .as(sentence)
                .anyMatch(detail -> detail.contains(OFFENDERS.get(sentence)));
    }

    @Test
    void seesEveryModule() {
        assertThat(List.of("common.export", "worker", "api", "client", "examples", "cli", "app", "starter"))
                .allMatch(module -> PRODUCT.containPackage(ROOT + "." + module));
    }
}
