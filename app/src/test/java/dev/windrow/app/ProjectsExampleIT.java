package dev.windrow.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.examples.Example;
import dev.windrow.testkit.Http.Answer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Projects and the hits of a search, with words for their places and filters as parameters. */
final class ProjectsExampleIT extends ServedExample {
    /** The columns of the table itself, without those that the catalog joins to them. */
    private static final String TABLE = ",\"columns\":[\"id\",\"name\",\"organization_id\",\"owner_id\",\"status\","
            + "\"start_date\",\"end_date\",\"location\",\"location_other\",\"location_id\",\"description\","
            + "\"billing_amount\",\"invoice_count\",\"billing_recipient\",\"billing_notes\",\"pm_notes\",\"monday_url\","
            + "\"jira_url\",\"gitlab_url\",\"milestone_version\",\"run_number\",\"created_at\",\"updated_at\"],"
            + CanonicalCsv.OPTIONS;

    private static final String HITS = ",\"columns\":[\"rank\",\"project_id\",\"name\",\"location\",\"location_other\","
            + "\"city\",\"country\"]," + CanonicalCsv.OPTIONS;

    @BeforeAll
    static void serveExample() {
        make(Example.PROJECTS);
        serve();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"organization\":\"Load Test Works GmbH\"|10000|d65cf96b13def4897b0e230257bf960ce0aed295762c028f7157381b25e51085",
                "\"organization\":\"hostile\\\"; DROP TABLE projects;--\\n=HYPERLINK(\\\"http://example.invalid\\\")\"|485"
                        + "|f1dfd5fc99fc2be8657892a504cc67dd76fe07ce064383af17f4d9b54d61674b",
                "''|11304|21d35ce92499cd70f8b2a7b554f6003847ecd7ada4263e73b83b0336b136d3f7"
            })
    void bringsEveryProject(String parameters, int rows, String sha256) {
        JsonNode export = client.complete(request("projects", parameters, TABLE));

        assertThat(export.at("/progress/rowsWritten").asInt()).isEqualTo(rows);
        assertThat(CanonicalCsv.digest(csv(export, "projects.csv"))).isEqualTo(sha256);
    }

    @ParameterizedTest
    @CsvSource({
        "1,5000,3058d3f3ba17f44eccb9b97bf34c9f7e1a1a20b0216dc38098dd4cec8fdfac36",
        "2,476,a917a9f3c938278b9a561c9e10eb2556ff2a7451866dd5e5d29d81df15a53473",
        "3,0,c204b6f081436de8c258b3f69b27630696ba1354ddabae30fb21c369771b1f1e"
    })
    void bringsTheHitsOfASearch(int search, int rows, String sha256) {
        JsonNode export = client.complete(request("search-results", "\"search_id\":" + search, HITS));

        assertThat(export.at("/progress/rowsWritten").asInt()).isEqualTo(rows);
        assertThat(CanonicalCsv.digest(csv(export, "results.csv"))).isEqualTo(sha256);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"status\":[\"active\"]|status = 'active'",
                "\"status\":[\"active\",\"on_hold\"],\"location\":[\"remote\",\"other\"]"
                        + "|status in ('active', 'on_hold') and location in ('remote', 'other')",
                "\"tag\":\"a,b\"|id in (select project_id from project_tags where tag_id = (select id from tags where name = 'a,b'))",
                "\"owner\":\"user1@example.org\"|owner_id = (select id from users where email = 'user1@example.org')",
                "\"started_from\":\"2020-02-29\",\"started_before\":\"2020-03-02\""
                        + "|start_date >= '2020-02-29' and start_date < '2020-03-02'",
                "\"organization\":\"nobody\"|1 = 0"
            })
    void filtersByParameters(String parameters, String condition) {
        JsonNode export =
                client.complete(request("projects", parameters, ",\"columns\":[\"id\"]," + CanonicalCsv.OPTIONS));
        List<List<String>> ids = CsvText.lines(new String(csv(export, "projects.csv"), UTF_8), ',', "\n");

        SourceRows.assertSame(
                ids.subList(1, ids.size()),
                SourceRows.query(database, "select id from projects where " + condition + " order by id"));
    }

    @Test
    void filtersHitsByPlaceAndScore() {
        JsonNode export = client.complete(request(
                "search-results",
                "\"search_id\":1,\"country\":\"DE\",\"min_score\":0.5",
                ",\"columns\":[\"rank\",\"country\"]," + CanonicalCsv.OPTIONS));
        List<List<String>> hits = CsvText.lines(new String(csv(export, "results.csv"), UTF_8), ',', "\n");

        assertThat(hits).hasSizeGreaterThan(10);
        assertThat(hits.subList(1, hits.size()))
                .allSatisfy(hit -> assertThat(Integer.parseInt(hit.get(0))).isLessThanOrEqualTo(2000))
                .allSatisfy(hit -> assertThat(hit.get(1)).isEqualTo("DE"));
    }

    @Test
    void labelsEveryPlaceAndListsTheTags() {
        JsonNode export = client.complete(request(
                "projects",
                "",
                ",\"columns\":[\"location\",\"location_label\",\"location_other\",\"tags\",\"organization\"],"
                        + CanonicalCsv.OPTIONS));
        List<List<String>> projects = CsvText.lines(new String(csv(export, "projects.csv"), UTF_8), ',', "\n");

        assertThat(projects.subList(1, projects.size())).allSatisfy(project -> {
            String label = switch (project.get(0)) {
                case "headquarters" -> "Headquarters";
                case "test_house" -> "Test house";
                case "remote" -> "Remote";
                case "client_site" -> "Client site";
                default -> project.get(2);
            };
            assertThat(project.get(1)).isEqualTo(label);
            assertThat(project.get(4)).isNotNull();
        });
        assertThat(projects.stream().map(project -> project.get(3)).filter(Objects::nonNull))
                .anyMatch(tags -> tags.contains("; "))
                .contains("=formula; a,b");
    }

    @Test
    void namesWhatIsWrongWithAFilter() {
        Answer answer = client.post(request("projects", "\"status\":[\"activ\"],\"started_from\":\"1.2.2020\"", ""));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("pointer").asString())
                .containsExactlyInAnyOrder("/parameters/status/0", "/parameters/started_from");
        assertThat(client.post(request("search-results", "\"search_id\":4", "")).status())
                .isEqualTo(404);
    }

    private static String request(String dataset, String parameters, String more) {
        return "{\"dataset\":\"" + dataset + "\",\"parameters\":{" + parameters + "}" + more + "}";
    }

    private static byte[] csv(JsonNode export, String entry) {
        return entries(export).get(entry);
    }
}
