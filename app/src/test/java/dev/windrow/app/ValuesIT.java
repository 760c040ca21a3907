package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of a parameter that people choose from. */
final class ValuesIT {
    private static final String CATALOG = """
            sources:
              plant: { url: "jdbc:sqlite:plant.db" }
            datasets:
              readings:
                source: plant
                formats: [csv]
                parameters:
                  sensor: { type: string, maxLength: 4, values: { query: select id, name from sensors where name like :q order by id } }
                  own: { type: string, values: { query: "select name from sensors where owner = :principal and name like :q" } }
                  ids: { type: integer, list: true, values: { query: select n from numbers where n like :q } }
                  rate: { type: number, values: { query: select n / 2.0 from numbers where n like :q order by n } }
                  endless: { type: integer, values: { query: with recursive c(n) as (select 1 union all select n + 1 from c) select n from c where n < 0 and :q <> '' } }
                  free: { type: string }
                files: [ { name: numbers, query: "select n from numbers where :sensor = :own and n in (:ids) and n = :rate and n = :endless and n = :free", key: [n] } ]
            """;

    private static final String PATH = "/api/v1/datasets/readings/parameters/";

    @TempDir
    private static Path folder;

    private static RunningWindow window;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("plant.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table sensors(id text, name text, owner text)");
            statement.execute("""
                    insert into sensors values ('s-1', 'Boiler', 'local'), ('s-2', 'Pump', 'ann'), (null, 'Nobody', null),
                        ('too long', 'Bore', null), ('s-3', null, null), ('s-4', '100 % humid', null), ('s-5', '', null)
                    """);
            statement.execute("create table numbers(n integer primary key)");
            statement.execute(
                    "insert into numbers with recursive c(n) as (select 1 union all select n + 1 from c where n < 300) "
                            + "select n from c");
        }
        window = RunningWindow.start(folder.resolve("home"), folder.resolve("catalog.yaml"));
    }

    @AfterAll
    static void stop() {
        window.close();
    }

    private static Answer get(String rest) {
        return window.client.get(PATH + rest);
    }

    private static String items(String rest) {
        return get(rest).json().path("items").toString();
    }

    @Test
    void givesValuesThatFitTheTextWithTheirTitles() {
        assertThat(items("sensor/values?q=oil")).isEqualTo("[{\"value\":\"s-1\",\"title\":\"Boiler\"}]");
        assertThat(get("sensor/values").json().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void leavesOutWhatAStartWouldRefuse() {
        assertThat(items("sensor/values?q=Bo")).isEqualTo("[{\"value\":\"s-1\",\"title\":\"Boiler\"}]");
        assertThat(items("sensor/values?q=Nobody")).isEqualTo("[]");
    }

    @Test
    void showsTheValueWhereItHasNoTitle() {
        assertThat(items("sensor/values")).endsWith("{\"value\":\"s-5\",\"title\":\"s-5\"}]");
    }

    @Test
    void isBoundAndNeverPartOfTheQuery() {
        assertThat(items("sensor/values?q=%27%20or%20%27%27=%27")).isEqualTo("[]");
        assertThat(items("sensor/values?q=100%20%25")).contains("humid").doesNotContain("Boiler");
    }

    @Test
    void knowsWhoAsks() {
        assertThat(items("own/values")).isEqualTo("[{\"value\":\"Boiler\",\"title\":\"Boiler\"}]");
    }

    @Test
    void hasTheTypeOfTheParameter() {
        assertThat(items("ids/values?q=300")).isEqualTo("[{\"value\":300,\"title\":\"300\"}]");
        assertThat(items("rate/values?q=3&limit=1")).isEqualTo("[{\"value\":1.5,\"title\":\"1.5\"}]");
    }

    @ParameterizedTest
    @CsvSource({"'',20", "?limit=1,1", "?limit=100,100"})
    void givesAsManyAsAreAskedFor(String query, int count) {
        assertThat(get("ids/values" + query).json().path("items").size()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "limit=", "limit=-1", "of=1", "q=a&q=b"})
    void refusesOtherQueries(String query) {
        Answer answer = get("ids/values?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("/problems/malformed-request");
    }

    @Test
    void refusesATextThatNobodyTypes() {
        assertThat(get("ids/values?q=" + "a".repeat(201)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"free/values", "none/values", "%3Aq/values"})
    void knowsNoOthers(String rest) {
        Answer answer = get(rest);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("/problems/not-found");
        assertThat(window.client
                        .get("/api/v1/datasets/other/parameters/sensor/values")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void givesUpASourceThatIsTooSlow() {
        Answer answer = get("endless/values?q=a");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.text()).doesNotContain("select").doesNotContain("plant.db");
    }

    @Test
    void areNamedByTheSchemaOfTheParameter() {
        var properties = window.client.get("/api/v1/datasets/readings").json().at("/parameters/properties");
        assertThat(properties.at("/sensor/x-values").asString()).isEqualTo(PATH + "sensor/values");
        assertThat(properties.path("free").has("x-values")).isFalse();
    }
}
