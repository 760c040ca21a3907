package dev.windrow.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The doors between the rooms of {@code api}, and which rooms there are, as {@code docs/architecture.md} draws them.
 */
final class Rooms {
    /** One for each thing that a user does. */
    private static final List<String> DOORS = List.of(
            "audit",
            "dataset",
            "start",
            "status",
            "download",
            "deliveries",
            "link",
            "schedule",
            "preset",
            "mcp",
            "me",
            "operations",
            "token",
            "page");

    /** What doors have in common. */
    private static final List<String> SHARED =
            List.of("http", "problem", "request", "access", "limit", "resource", "trail", "archive", "launch");

    private static final List<String> WORKER = List.of(
            "queue",
            "run",
            "sweep",
            "reading",
            "expand",
            "encode",
            "attachments",
            "archive",
            "datapackage",
            "crc",
            "files",
            "outbox");

    private final String root;

    Rooms(String root) {
        this.root = root;
    }

    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("every room of api and worker has its place", places());
        rules.put("a door of the API sees no other", doors());
        rules.put("what doors share sees no door", shared());
        rules.put("the front sees no door, and of what they share the least", front());
        rules.put("api.http knows nothing of ours", http());
        return rules;
    }

    /** A room that is on no list would be held to nothing. */
    private ArchRule places() {
        Stream<String> api =
                Stream.of(DOORS, SHARED, List.of("front")).flatMap(List::stream).map("api."::concat);
        Stream<String> worker = WORKER.stream().map("worker."::concat);
        return classes()
                .that()
                .resideInAnyPackage(packages(Stream.of("api.*", "worker.*")))
                .should()
                .resideInAnyPackage(packages(Stream.concat(api, worker)));
    }

    private ArchRule doors() {
        return DOORS.stream()
                .map(door -> sees(
                        Stream.of("api." + door),
                        Stream.concat(Stream.of("front"), DOORS.stream().filter(other -> !other.equals(door)))
                                .map("api."::concat)))
                .reduce((one, other) -> CompositeArchRule.of(one).and(other))
                .orElseThrow();
    }

    private ArchRule shared() {
        return sees(
                SHARED.stream().map("api."::concat),
                Stream.concat(Stream.of("front"), DOORS.stream()).map("api."::concat));
    }

    private ArchRule front() {
        return sees(
                Stream.of("api.front"),
                Stream.concat(DOORS.stream().map("api."::concat), Stream.of("api.request", "api.archive", "common")));
    }

    private ArchRule http() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".api.http")
                .should()
                .dependOnClassesThat(new OfOthers(root, root + ".api.http"))
                .allowEmptyShould(true);
    }

    private ArchRule sees(Stream<String> rooms, Stream<String> closed) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(closed))
                .allowEmptyShould(true);
    }

    private String[] packages(Stream<String> rooms) {
        return rooms.map(room -> root + "." + room + "..").toArray(String[]::new);
    }
}
