package dev.windrow.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.examples.Example;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The responses to a survey, which nobody gets but its owner. */
final class SurveysExampleIT extends ServedExample {
    @BeforeAll
    static void serveExample() {
        make(Example.SURVEYS);
        serve("--spring.main.sources=" + CallerByHeader.class.getName());
    }

    @ParameterizedTest
    @CsvSource({
        "ada,1000,10000,30bd45c5ea204c8ae35ddd9f61a1b33f7cc817cdedcf95563e3a1ec35bf9f5f6",
        "local,1000,10000,30bd45c5ea204c8ae35ddd9f61a1b33f7cc817cdedcf95563e3a1ec35bf9f5f6",
        "bjoern,20,20190,02feb43fcf0c1160041e9c9fb29ec31fcf1297639756fad1775c385e8f37bb1a",
        "bjoern,1,944,9e209681faa60c2ed164cf9cfad93314171a1053a935972d8346c6ed18b95fd9",
        "cigdem,2,944,87148dd963fbe272dfd7671e6490cc2095874f621528e05511bf4c59aefec48e",
        "ada,3,944,c1de80ab73f20a62c894fd437ff5746002a69abf6a0b18c66bef8f2ed51d7944",
        "bjoern,21,210,a8c531bc594ffb188018f97196e67a7d57cc4a6b3d6a3eb8b6ecddfef7e68a75",
        "cigdem,22,0,ea791affe2c57a0edb8db7ba7b7e5bcce344dafc59d7e78b44eb62eb3f58895d",
        "darya,2000,486,10a5e7fa6df5880c308203c14c877496837a0d63c9f96772b8bd7179eeafa4b5"
    })
    void bringsEveryResponseToTheOwner(String owner, int survey, int rows, String sha256) {
        JsonNode export = complete(owner, survey, "csv");
        byte[] csv = entry(owner, export, "responses.csv");

        assertThat(export.at("/progress/rowsWritten").asInt()).isEqualTo(rows);
        assertThat(CanonicalCsv.digest(csv)).isEqualTo(sha256);
    }

    @Test
    void tellsNobodyElseThatASurveyExists() {
        Answer others = start("bjoern", 1000, "json");
        Answer none = start("bjoern", 1001, "json");

        assertThat(others.status()).isEqualTo(404);
        assertThat(others.json().path("type").asString()).isEqualTo("/problems/subject-not-found");
        assertThat(others.json().path("detail").asString()).isEqualTo("Survey 1000 not found");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().path("detail").asString()).isEqualTo("Survey 1001 not found");
        assertThat(none.json().path("type")).isEqualTo(others.json().path("type"));
        assertThat(start("nobody", 1000, "json").status()).isEqualTo(404);
    }

    @Test
    void showsNobodyElseTheExportOrItsFile() {
        JsonNode export = complete("ada", 3, "csv");
        String self = export.at("/links/self").asString();

        for (String path : List.of(self, self + "/file", self + "/file.sha256")) {
            assertThat(client.get(path, CallerByHeader.NAME, "bjoern").status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(client.get(self + "/file", CallerByHeader.NAME, "ada").status())
                .isEqualTo(200);
    }

    @Test
    void nestsTheResponsesInTheSurveyInJson() {
        JsonNode survey = JsonMapper.shared().readTree(entry("ada", complete("ada", 1000, "json"), "responses.json"));

        assertThat(survey.propertyNames())
                .containsExactly("id", "title", "description", "created_at", "closes_at", "responses");
        assertThat(survey.path("id").asInt()).isEqualTo(1000);
        assertThat(survey.path("title").asString()).isEqualTo("Customer satisfaction, \"Q4\"");
        assertThat(survey.path("created_at").asString()).isEqualTo("2024-01-01T00:00:00.000");
        assertThat(survey.path("closes_at").isNull()).isTrue();
        JsonNode responses = survey.path("responses");
        assertThat(responses).hasSize(10_000);
        assertThat(responses.get(0).propertyNames())
                .containsExactly("id", "response_date", "respondent_email", "option_text", "comment");
        assertThat(responses
                        .valueStream()
                        .filter(response -> response.path("respondent_email").isNull()))
                .hasSizeBetween(2_800, 3_200);
    }

    @Test
    void leavesNoAddressEmptyAndWritesTimesInIso8601() {
        String csv = new String(entry("ada", complete("ada", 1000, "csv"), "responses.csv"), UTF_8);
        List<List<String>> lines = CsvText.lines(csv, ',', "\n");

        assertThat(csv).contains(".000,,Satisfied,");
        assertThat(lines.stream().filter(line -> line.get(2) == null)).hasSizeBetween(2_800, 3_200);
        assertThat(lines.subList(1, lines.size()))
                .allSatisfy(line -> assertThat(line.get(1)).matches("2024-01-01T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}"));
    }

    @Test
    void listsTheCallersOwnSurveys() {
        for (Map.Entry<String, List<String>> owner : Map.of(
                        "ada", List.of("3", "6", "1000"), "darya", List.of("2000"), "hui", List.<String>of())
                .entrySet()) {
            JsonNode export = complete(owner.getKey(), "{\"dataset\":\"surveys\"," + CanonicalCsv.OPTIONS + "}");
            byte[] csv = entry(owner.getKey(), export, "surveys.csv");
            List<List<String>> lines = CsvText.lines(new String(csv, UTF_8), ',', "\n");
            assertThat(lines.stream().skip(1).map(line -> line.get(0))).isEqualTo(owner.getValue());
        }
    }

    @Test
    void bringsMoreThanAThousandColumns() {
        JsonNode export = complete("ada", "{\"dataset\":\"food-frequency\"," + CanonicalCsv.OPTIONS + "}");
        byte[] csv = entry("ada", export, "food-frequency.csv");
        List<List<String>> lines = CsvText.lines(new String(csv, UTF_8), ',', "\n");

        assertThat(lines.get(0)).hasSize(1_094);
        SourceRows.assertSame(
                lines.subList(1, lines.size()), SourceRows.query(database, "select * from ffq_wide order by 1"));
    }

    private static Answer start(String owner, int survey, String format) {
        return start(
                owner,
                "{\"dataset\":\"survey-responses\",\"format\":\"" + format + "\",\"parameters\":{\"survey_id\":"
                        + survey + "}" + (format.equals("csv") ? "," + CanonicalCsv.OPTIONS : "") + "}");
    }

    private static Answer start(String owner, String body) {
        return client.send(
                "POST", WindowClient.EXPORTS, body, "Content-Type", "application/json", CallerByHeader.NAME, owner);
    }

    private static JsonNode complete(String owner, int survey, String format) {
        return completed(owner, start(owner, survey, format));
    }

    private static JsonNode complete(String owner, String body) {
        return completed(owner, start(owner, body));
    }

    private static JsonNode completed(String owner, Answer started) {
        assertThat(started.status()).as(started.toString()).isEqualTo(202);
        String export = started.header("Location");
        return client.awaitState(export, "completed", CallerByHeader.NAME, owner);
    }

    private static byte[] entry(String owner, JsonNode export, String name) {
        String url = export.at("/file/url").asString();
        return ZipText.entries(client.get(url, CallerByHeader.NAME, owner).bytes())
                .get(name);
    }
}
