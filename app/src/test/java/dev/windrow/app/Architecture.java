package dev.windrow.app;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The doors between the rooms, as rules over every class below a root package. The root is a parameter so that the same
 * rules can be shown to fail on a house that breaks each of them.
 */
final class Architecture {
    private final String root;

    Architecture(String root) {
        this.root = root;
    }

    /** Every rule by the sentence that it holds. */
    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("modules know each other as the arrows say", moduleArrows());
        rules.put("the client knows the JDK and Jackson", client());
        rules.put("the command line knows of common how files are named and closed", commandLine());
        rules.put("a port knows the JDK and the ports it may see", ports());
        rules.put("an adapter is named by app alone", adaptersNamedByApp());
        rules.put("an adapter knows its own port", adaptersKnowTheirPort());
        rules.put("a stage of the archive knows no other stage", stages());
        rules.put("only the worker moves a run", runsMovedByTheWorker());
        rules.putAll(new Rooms(root).rules());
        rules.put("a stage of a run sees no run", stagesSeeNoRun());
        rules.put("the sweep sees no run", sweepSeesNoRun());
        rules.put("JobRunr lives in worker.queue", library("org.jobrunr", "worker.queue"));
        rules.put(
                "commons-compress lives in worker.archive and api.archive",
                library("org.apache.commons.compress", "worker.archive", "api.archive"));
        rules.put("SnakeYAML lives in common.catalog.yaml", library("org.yaml.snakeyaml", "common.catalog.yaml"));
        rules.put("the S3 client lives in common.artifact.s3", library("software.amazon.awssdk", "common.artifact.s3"));
        rules.put("the SSH library lives in common.artifact.sftp", library("org.apache.sshd", "common.artifact.sftp"));
        rules.put("mail lives in worker.outbox.mail", mail());
        rules.put(
                "the SDK of MCP lives in api.mcp",
                libraries(new String[] {"io.modelcontextprotocol..", "reactor.."}, "api.mcp"));
        rules.put("the HTTP client lives in worker.outbox.webhook", library("org.apache.hc", "worker.outbox.webhook"));
        rules.put("Flyway lives in app", library("org.flywaydb", "app"));
        rules.put("Micrometer lives in app and starter", library("io.micrometer", "app", "starter"));
        rules.put("OpenTelemetry lives in app.traces", library("io.opentelemetry", "app.traces"));
        rules.put("picocli lives in cli and app", library("picocli", "cli", "app"));
        rules.put("JDBC lives in the jdbc rooms, examples, cli.crash, app and starter", jdbc());
        rules.put("web types live in api, app and starter", web());
        rules.put("Spring stereotypes live in api, app and starter", stereotypes());
        rules.put("nothing is injected into a field", fieldInjection());
        rules.put(
                "packages form no cycles",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
        rules.put("every package is null-marked", classes().should(new ResideInANullMarkedPackage()));
        rules.put("a type is public only if another package uses it", publicOnlyIfUsed());
        rules.put("names say what a class does", noVagueNames());
        rules.putAll(Sizes.rules());
        rules.put("types of a package form no circle", noCircleOfTypes());
        return rules;
    }

    private ArchRule moduleArrows() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                // A layer that is missing hides nothing: each class must be in one.
                .withOptionalLayers(true)
                .layer("common")
                .definedBy(in("common"))
                .layer("worker")
                .definedBy(in("worker"))
                .layer("api")
                .definedBy(in("api"))
                .layer("client")
                .definedBy(in("client"))
                .layer("examples")
                .definedBy(in("examples"))
                .layer("cli")
                .definedBy(in("cli"))
                .layer("app")
                .definedBy(in("app"))
                .layer("starter")
                .definedBy(in("starter"))
                .whereLayer("common")
                .mayOnlyBeAccessedByLayers("worker", "api", "cli", "app", "starter")
                .whereLayer("worker")
                .mayOnlyBeAccessedByLayers("app", "starter")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("app", "starter")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("examples")
                .mayOnlyBeAccessedByLayers("cli", "app")
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("app")
                .mayOnlyBeAccessedByLayers("starter")
                .whereLayer("starter")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitecture();
    }

    /** Whoever uses it gets no server with it. */
    private ArchRule client() {
        return classes()
                .that()
                .resideInAPackage(in("client"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "tools.jackson..", in("client"))
                .allowEmptyShould(true);
    }

    /** It speaks with a server as anybody does, through the client. */
    private ArchRule commandLine() {
        return noClasses()
                .that()
                .resideInAPackage(in("cli"))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are common's, but for SafeName, OwnerOnly and DidYouMean",
                        type -> type.getPackageName().startsWith(root + ".common.")
                                && !type.getFullName().equals(root + ".common.catalog.SafeName")
                                && !type.getFullName().equals(root + ".common.artifact.OwnerOnly")
                                && !type.getFullName().equals(root + ".common.text.DidYouMean")))
                .allowEmptyShould(true);
    }

    private ArchRule ports() {
        return CompositeArchRule.of(port("catalog"))
                .and(port("url"))
                .and(port("text"))
                .and(port("thread"))
                .and(port("options", "catalog"))
                .and(port("access", "catalog"))
                .and(port("export", "access", "catalog", "options"))
                .and(port("source", "catalog"))
                .and(port("audit"))
                .and(port("outbox", "export"))
                .and(port("statistics", "export"))
                .and(port("schedule"))
                .and(port("preset"))
                .and(port("trace"))
                .and(port("artifact"));
    }

    /** The port's own package, without the adapters below it. */
    private ArchRule port(String name, String... seen) {
        String[] allowed = Stream.concat(
                        Stream.of("java..", "org.jspecify.annotations", root + ".common." + name),
                        Stream.of(seen).map(other -> root + ".common." + other))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(root + ".common." + name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true);
    }

    private ArchRule adaptersNamedByApp() {
        return classes().should(new NameNoAdapterOfOthers(root));
    }

    private ArchRule adaptersKnowTheirPort() {
        return classes().should(new KnowTheOwnPortAlone(root));
    }

    private ArchRule stages() {
        return CompositeArchRule.of(stage("encode", "archive")).and(stage("archive", "encode"));
    }

    private ArchRule stage(String name, String neighbour) {
        return noClasses()
                .that()
                .resideInAPackage(in("worker." + name))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("worker." + neighbour))
                .allowEmptyShould(true);
    }

    /** Usable alone: no Spring, no job, and nothing of the rooms that order the stages. */
    private ArchRule stagesSeeNoRun() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        in("worker.reading"),
                        in("worker.expand"),
                        in("worker.encode"),
                        in("worker.attachments"),
                        in("worker.archive"),
                        in("worker.datapackage"),
                        in("worker.crc"),
                        in("worker.files"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", in("worker.run"), in("worker.queue"), in("worker.sweep"))
                .allowEmptyShould(true);
    }

    /** It shares a run's files with it, and no more. */
    private ArchRule sweepSeesNoRun() {
        return noClasses()
                .that()
                .resideInAPackage(in("worker.sweep"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("worker.run"))
                .allowEmptyShould(true);
    }

    private ArchRule runsMovedByTheWorker() {
        return noClasses()
                .that()
                .resideInAPackage(in("api"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(root + ".common.export.Runs");
    }

    private ArchRule library(String library, String... rooms) {
        return libraries(new String[] {library + ".."}, rooms);
    }

    private ArchRule libraries(String[] libraries, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(Stream.of(rooms).map(this::in).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    private ArchRule jdbc() {
        return libraries(
                new String[] {
                    "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.sqlite..", "org.postgresql.."
                },
                "common.*.jdbc",
                "worker.queue.jdbc",
                // JobRunr takes its database as a DataSource.
                "worker.queue",
                "examples",
                // The proof by kills looks at a home past the API.
                "cli.crash",
                "app",
                "starter");
    }

    private ArchRule mail() {
        return libraries(
                new String[] {"jakarta.mail..", "org.eclipse.angus..", "org.springframework.mail.."},
                "worker.outbox.mail");
    }

    private ArchRule web() {
        return libraries(
                new String[] {"jakarta.servlet..", "org.springframework.web..", "org.springframework.http.."},
                "api",
                "app",
                "starter");
    }

    private ArchRule stereotypes() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(in("api"), in("app"), in("starter"))
                .should()
                .beMetaAnnotatedWith(Component.class);
    }

    private static ArchRule fieldInjection() {
        return noFields().should().beAnnotatedWith(Autowired.class).allowEmptyShould(true);
    }

    private ArchRule publicOnlyIfUsed() {
        return classes()
                .that(are(publicTypesOfARoom()))
                .should(new BeUsedByAnotherPackage())
                .allowEmptyShould(true);
    }

    /**
     * All but the ports' own packages and the client: they are doors by agreement, also where nobody has come through
     * yet.
     */
    private DescribedPredicate<JavaClass> publicTypesOfARoom() {
        return DescribedPredicate.describe(
                "public types of a room",
                type -> type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        // JobRunr calls these by reflection.
                        && !type.getInterfaces().stream()
                                .anyMatch(each -> each.getName().startsWith("org.jobrunr."))
                        && !type.getPackageName().equals(root + ".client")
                        // Tomcat makes it by its name.
                        && !type.isAssignableTo("org.apache.coyote.ProtocolHandler")
                        && !type.getPackageName().matches(root.replace(".", "\\.") + "\\.common\\.[a-z]+"));
    }

    private static ArchRule noVagueNames() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager");
    }

    /** Between packages there is none anyhow, so what is found is inside one. */
    private ArchRule noCircleOfTypes() {
        return slices().assignedFrom(new TopLevelTypes())
                .should()
                .beFreeOfCycles()
                // JobRunr asks the request of a job for its handler's class, and the handler for its request's.
                .ignoreDependency(root + ".worker.queue.Ring", root + ".worker.queue.RingHandler");
    }

    private String in(String room) {
        return root + "." + room + "..";
    }
}
