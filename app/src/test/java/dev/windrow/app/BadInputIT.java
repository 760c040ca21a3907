package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever comes in, the answer is the table's, never a 5xx, and nothing is started. */
@Tag("slow")
final class BadInputIT {
    private static final String START = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\"}";

    @TempDir
    private static Path home;

    private static RunningWindow window;
    private static WindowClient client;

    private int before;

    @BeforeAll
    static void serve() {
        window = RunningWindow.sensors(home);
        client = window.client;
    }

    @AfterAll
    static void stop() {
        window.close();
    }

    @BeforeEach
    void count() {
        before = HomeInvariants.exports(home);
    }

    @AfterEach
    void nothingWasStarted() {
        assertThat(HomeInvariants.exports(home)).isEqualTo(before);
        assertThat(client.get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "\"sensor-readings\"",
                "{\"dataset\":5}",
                "{\"dataset\":[\"sensors\"]}",
                "{\"parameters\":{}}",
                "{\"dataset\":\"sensors\",\"colums\":[]}",
                "{\"dataset\":\"sensors\",\"columns\":\"name\"}",
                "{\"dataset\":\"sensors\",\"columns\":[7]}",
                "{\"dataset\":\"sensors\",\"parameters\":[]}",
                "{\"dataset\":\"sensors\",\"options\":{\"csv\":{\"bom\":\"yes\"}}}",
                "{\"dataset\":\"sensors\",\"options\":{\"csv\":{\"delimiter\":5}}}",
                "{\"dataset\":\"sensors\",\"options\":{\"excel\":{}}}",
                "{\"dataset\":\"sensors\",\"fileName\":{}}",
                "{\"dataset\":\"sensors\"}{}"
            })
    void refusesWhatIsNotTheShapeOfAStart(String body) {
        assertProblem(client.post(body), 400, "malformed-request");
    }

    @Test
    void refusesDeepNestingAndLongBodies() {
        assertProblem(client.post("{\"dataset\":" + "[".repeat(30_000)), 400, "malformed-request");
        assertProblem(client.post("{\"dataset\":\"sensors\"" + " ".repeat(65_536) + "}"), 413, "too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-1e400",
                "1e-400",
                "9223372036854775808",
                "0.5",
                "\"0\"",
                "true",
                "[0]",
                "1e99999999999"
            })
    void refusesNumbersThatAreNone(String number) {
        Answer answer =
                client.post("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\",\"start_ts\":"
                        + number + "}}");
        assertProblem(answer, 422, "invalid-parameters");
        assertThat(answer.json().at("/errors/0/pointer").asString()).isEqualTo("/parameters/start_ts");
    }

    @Test
    void refusesANumberOfTenThousandDigits() {
        Answer answer =
                client.post("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"load\",\"start_ts\":"
                        + "9".repeat(10_000) + "}}");
        assertThat(answer.status()).isIn(400, 422);
        assertProblem(answer, answer.status(), answer.status() == 400 ? "malformed-request" : "invalid-parameters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"columns\":[]}",
                ",\"columns\":[\"nope\"]}",
                ",\"columns\":[\"value\",\"value\"]}",
                ",\"columns\":[\"value; drop table readings\"]}",
                ",\"format\":\"exe\"}",
                ",\"fileName\":\"..\"}",
                ",\"fileName\":\"\\r\\n\"}",
                ",\"fileName\":\"/\"}",
                ",\"options\":{\"csv\":{\"delimiter\":\"\\n\"}}}",
                ",\"options\":{\"csv\":{\"formulas\":\"run\"}}}"
            })
    void refusesWhatDoesNotFitTheDataset(String more) {
        assertProblem(client.post(START + more), 422, "invalid-parameters");
    }

    @Test
    void refusesANameOfThreeHundredCharacters() {
        assertProblem(client.post(START + ",\"fileName\":\"" + "n".repeat(300) + "\"}"), 422, "invalid-parameters");
    }

    @Test
    void namesEveryFaultAtOnce() {
        JsonNode errors = client.post(
                        "{\"dataset\":\"sensor-readings\",\"parameters\":{\"start_ts\":\"a\",\"x\":1},\"columns\":[\"y\"]}")
                .json()
                .path("errors");
        assertThat(errors.findValuesAsString("pointer"))
                .containsExactlyInAnyOrder(
                        "/parameters/sensor_id", "/parameters/start_ts", "/parameters/x", "/columns/0");
    }

    @Test
    void knowsNoOtherDatasetOrSubject() {
        assertProblem(client.post("{\"dataset\":\"sqlite_master\"}"), 404, "not-found");
        Answer subject = client.post("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-9\"}}");
        assertProblem(subject, 404, "subject-not-found");
        assertThat(subject.json().path("detail").asString()).contains("Sensor s-9 not found");
        assertProblem(
                client.post("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"' or 1=1 --\"}}"),
                404,
                "subject-not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/exports/x",
                "/api/v1/exports/0",
                "/api/v1/exports/00000000-0000-0000-0000-000000000000",
                "/api/v1/exports/0193%20",
                "/api/v1/exports/%2e%2e",
                "/api/v1/exports/..%2f..%2fwindrow.db/file",
                "/api/v1/exports/%00",
                "/api/v1/exports/;jsessionid=1",
                "/api/v1/exports/x;y=1/file",
                "/api/v1/exports/x%5cy",
                "/api/v1/exports/%C3%28",
                "/api/v1//exports/x",
                "/api/v1/exports/",
                "/api/v1/datasets/nope",
                "/api/v1/datasets/%2e%2e%2fsensors",
                "/api/v2/exports",
                "/windrow.db",
                "/actuator/env",
                "/actuator/heapdump",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/error"
            })
    void findsNothingWhereNothingIs(String path) {
        for (String method : new String[] {"GET", "HEAD", "DELETE"}) {
            Answer answer = client.send(method, path, "");
            assertThat(answer.status()).as("%s %s", method, path).isBetween(400, 499);
            assertThat(answer.text())
                    .doesNotContain("Exception")
                    .doesNotContain("Tomcat")
                    .doesNotContain("dev.windrow");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/exports?limit=0,400,malformed-request",
        "GET,/api/v1/exports?limit=201,400,malformed-request",
        "GET,/api/v1/exports?limit=many,400,malformed-request",
        "GET,/api/v1/exports?state=done,400,malformed-request",
        "GET,/api/v1/exports?cursor=zzz,400,malformed-request",
        "PUT,/api/v1/exports,405,method-not-allowed",
        "POST,/api/v1/datasets,405,method-not-allowed",
        "POST,/api/v1/exports/x/cancel,404,not-found",
        "GET,/api/v1/exports/x/file,404,not-found",
    })
    void answersWithTheTablesProblems(String method, String path, int status, String type) {
        assertProblem(client.send(method, path, ""), status, type);
    }

    @Test
    void takesJsonOnly() {
        assertProblem(
                client.send(
                        "POST",
                        WindowClient.EXPORTS,
                        "dataset=sensors",
                        "Content-Type",
                        "application/x-www-form-urlencoded"),
                415,
                "unsupported-media-type");
        assertProblem(client.get(WindowClient.EXPORTS, "Accept", "text/html"), 406, "not-acceptable");
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().has("instance")).isTrue();
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("select ");
    }
}
