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
        rules.put("a port knows the JDK and the ports it may see", ports());
        rules.put("an adapter is named by app alone", adaptersNamedByApp());
        rules.put("an adapter knows its own port", adaptersKnowTheirPort());
        rules.put("a stage of the archive knows no other stage", stages());
        rules.put("JobRunr lives in worker.queue", library("org.jobrunr", "worker.queue"));
        rules.put(
                "commons-compress lives in worker.archive and api.download",
                library("org.apache.commons.compress", "worker.archive", "api.download"));
        rules.put("SnakeYAML lives in common.catalog.yaml", library("org.yaml.snakeyaml", "common.catalog.yaml"));
        rules.put("Flyway lives in app", library("org.flywaydb", "app"));
        rules.put("picocli lives in app", library("picocli", "app"));
        rules.put("JDBC lives in the jdbc rooms, examples and app", jdbc());
        rules.put("web types live in api and app", web());
        rules.put("Spring stereotypes live in api and app", stereotypes());
        rules.put("nothing is injected into a field", fieldInjection());
        rules.put(
                "packages form no cycles",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
        rules.put("every package is null-marked", classes().should(new ResideInANullMarkedPackage()));
        rules.put("a type is public only if another package uses it", publicOnlyIfUsed());
        rules.put("names say what a class does", noVagueNames());
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
                .layer("examples")
                .definedBy(in("examples"))
                .layer("app")
                .definedBy(in("app"))
                .whereLayer("common")
                .mayOnlyBeAccessedByLayers("worker", "api", "app")
                .whereLayer("worker")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("examples")
                .mayOnlyBeAccessedByLayers("app")
                .whereLayer("app")
                .mayNotBeAccessedByAnyLayer()
                .ensureAllClassesAreContainedInArchitecture();
    }

    private ArchRule ports() {
        return CompositeArchRule.of(port("catalog"))
                .and(port("url"))
                .and(port("options", "catalog"))
                .and(port("export", "catalog", "options"))
                .and(port("source", "catalog"))
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

    /** Usable alone: no Spring, no SQL, no job, and nothing of the rooms around it. */
    private ArchRule stage(String name, String neighbour) {
        return noClasses()
                .that()
                .resideInAPackage(in("worker." + name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        in("worker." + neighbour),
                        in("worker.run"),
                        in("worker.queue"),
                        in("worker.sweep"))
                .allowEmptyShould(true);
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
                "app");
    }

    private ArchRule web() {
        return libraries(
                new String[] {"jakarta.servlet..", "org.springframework.web..", "org.springframework.http.."},
                "api",
                "app");
    }

    private ArchRule stereotypes() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(in("api"), in("app"))
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

    /** All but the ports' own packages: they are doors by agreement, also where nobody has come through yet. */
    private DescribedPredicate<JavaClass> publicTypesOfARoom() {
        return DescribedPredicate.describe(
                "public types of a room",
                type -> type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        // JobRunr calls these by reflection.
                        && !type.getInterfaces().stream()
                                .anyMatch(each -> each.getName().startsWith("org.jobrunr."))
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

    private String in(String room) {
        return root + "." + room + "..";
    }
}
