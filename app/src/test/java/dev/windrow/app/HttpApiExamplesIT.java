package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs every example of docs/http-api.md as it stands there, by a shell and curl, in the page's order. What the page
 * says of the answer must be in it: the status, each header, each field of a JSON body; where it says {@code …} there
 * may be anything.
 */
final class HttpApiExamplesIT {
    private static final Manual PAGE = Manual.page("docs/http-api.md");
    private static final String ORDERS = "{\"dataset\":\"orders\"}";
    /** As a value of JSON, without quotes. */
    private static final Pattern BARE = Pattern.compile("(?<=[:,] )…(?=[,\\s])");

    @TempDir
    static Path folder;

    /** Without a worker, so that what is started now waits for ever. */
    private static RunningWindow windrow;

    private static String export;
    private static String waiting;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        Machine.requireProgram("the examples of docs/http-api.md", "curl", "curl");
        Path catalog = catalog(folder);
        Path home = folder.resolve("home");
        try (RunningWindow whole = RunningWindow.start(home, catalog)) {
            whole.client.complete(ORDERS);
            export = whole.client.complete(ORDERS).at("/links/self").asString();
        }
        windrow = RunningWindow.start(home, catalog, "--windrow.role=api");
        waiting = windrow.client.start(ORDERS);
    }

    /** The page's own catalog, with the database that it speaks of. */
    static Path catalog(Path folder) throws IOException, SQLException {
        Path shop = folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + shop);
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders(id integer primary key, placed_on text not null,"
                    + " customer text not null, total real not null)");
            statement.execute("insert into orders values (1, '2025-12-30', 'Ada', 12.5),"
                    + " (2, '2026-01-05', 'Grace', 7.25), (3, '2026-02-01', 'Edsger', 99.0)");
        }
        return Files.writeString(
                folder.resolve("catalog.yaml"), PAGE.block("yaml").replace("/srv/shop/shop.db", shop.toString()));
    }

    @AfterAll
    static void stop() {
        windrow.close();
    }

    @TestFactory
    Stream<DynamicTest> isAnsweredAsThePageSays() {
        return PAGE.examples().stream()
                .map(example -> DynamicTest.dynamicTest(example.command().strip(), () -> check(example)));
    }

    private static void check(Manual.Example example) {
        if (windrow.client.get(waiting).status() == 404) {
            waiting = windrow.client.start(ORDERS);
        }
        String url = windrow.client.url();
        ProcessRun run = ProcessRun.of(
                folder,
                List.of("sh", "-euc", example.command()),
                Map.of(
                        "server", url,
                        "api", url + "/api/v1",
                        "export", url + export,
                        "waiting", url + waiting));
        assertThat(run.exit()).as(run.err()).isZero();
        Message said = Message.of(example.answer());
        Message answer = Message.of(run.out());
        assertThat(answer.status()).as(run.out()).isEqualTo(said.status());
        said.headers()
                .forEach((name, value) -> assertThat(answer.headers().getOrDefault(name, ""))
                        .as(name + " of\n" + run.out())
                        .matches(pattern(value)));
        assertBody(said.body(), answer.body());
    }

    /** @param headers by their names in lower case */
    private record Message(String status, Map<String, String> headers, String body) {
        static Message of(String text) {
            String lines = text.replace("\r\n", "\n");
            String head = lines.split("\n\n", 2)[0];
            Map<String, String> headers = new TreeMap<>();
            head.lines().skip(1).forEach(line -> {
                int colon = line.indexOf(':');
                headers.merge(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip(),
                        (one, other) -> one + ", " + other);
            });
            String status = head.lines().findFirst().orElseThrow().strip();
            return new Message(status, headers, lines.substring(Math.min(lines.length(), head.length() + 2)));
        }
    }

    private static void assertBody(String said, String body) {
        if (said.startsWith("{")) {
            JsonNode expected = JsonMapper.shared().readTree(BARE.matcher(said).replaceAll("\"…\""));
            assertHas("", expected, JsonMapper.shared().readTree(body));
        } else if (!said.isBlank()) {
            assertThat(body.strip()).matches(pattern(said.strip()));
        }
    }

    /** Objects may have more fields than the page says, and lists more values. */
    private static void assertHas(String at, JsonNode said, JsonNode found) {
        if (said.isObject()) {
            said.properties()
                    .forEach(
                            field -> assertHas(at + "/" + field.getKey(), field.getValue(), found.get(field.getKey())));
        } else if (said.isArray()) {
            assertThat(found).as(at).hasSizeGreaterThanOrEqualTo(said.size());
            for (int i = 0; i < said.size(); i++) {
                assertHas(at + "/" + i, said.get(i), found.get(i));
            }
        } else if (said.isString()) {
            assertThat(found).as(at).isNotNull();
            assertThat(found.asString()).as(at).matches(pattern(said.asString()));
        } else {
            assertThat(found).as(at).isEqualTo(said);
        }
    }

    private static Pattern pattern(String said) {
        return Pattern.compile(
                Arrays.stream(said.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }
}
