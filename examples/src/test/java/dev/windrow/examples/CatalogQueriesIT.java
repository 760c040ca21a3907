package dev.windrow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogs' main queries, read as the engine reads: a batch after a key costs the same wherever it is. */
class CatalogQueriesIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sensors|sensor-readings|timestamp_ms between 5 and 9|timestamp_ms"
                        + "|SEARCH readings USING PRIMARY KEY (sensor=? AND timestamp_ms>? AND timestamp_ms<?)",
                "sensors|sensor-readings|timestamp_ms between 5 and 9|timestamp_ms desc"
                        + "|SEARCH readings USING PRIMARY KEY (sensor=? AND timestamp_ms>? AND timestamp_ms<?)",
                "vibration|run|id > 5|id|SEARCH samples USING INDEX idx_samples_run (run_id=? AND id>?)",
                "projects|projects|id > '5'|id|SEARCH p USING INDEX sqlite_autoindex_projects_1 (id>?)",
                "projects|search-results|rank > 5|rank|SEARCH r USING PRIMARY KEY (search_id=? AND rank>?)",
                "posts|posts|created_at <= '5' and (created_at < '5' or (created_at = '5' and uri > '5'))|created_at desc, uri"
                        + "|SEARCH posts USING INDEX idx_posts_did_created (did=? AND created_at<?)",
                "embedding|orders|id > 5|id|SEARCH o USING PRIMARY KEY (shop=? AND id>?)",
                "surveys|survey-responses|(response_date, id) > ('5', 5)|response_date, id"
                        + "|SEARCH r USING INDEX idx_responses_survey (survey_id=? AND response_date>?)"
            })
    void aLegSeeksToItsPositionAndSortsNothing(
            String example, String dataset, String after, String order, String search) throws Exception {
        Example one = Example.named(example).orElseThrow();
        String leg = "select * from (" + rowsQuery(one, dataset) + ") q where " + after + " order by " + order;

        assertThat(plan(one.database(MadeExamples.folder(example)), leg))
                .startsWith(search)
                .doesNotContain("USE TEMP B-TREE FOR ORDER BY")
                .noneMatch(step -> step.startsWith("SCAN "));
    }

    /** The query of the dataset's file of rows, its parameters replaced by values. */
    private static String rowsQuery(Example example, String dataset) throws IOException {
        String catalog = example.catalog();
        String own = catalog.substring(catalog.indexOf("\n  " + dataset + ":\n"));
        Matcher query = Pattern.compile("query: (?:>\\R((?: {10,}.*\\R)+)|(select.*)\\R) {8}key:")
                .matcher(own);
        assertThat(query.find()).isTrue();
        String sql = query.group(1) == null ? query.group(2) : query.group(1);
        return sql.replaceAll("(?<=[ (]):[a-z_]+", "?");
    }

    private static List<String> plan(Path database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet steps = statement.executeQuery("explain query plan " + query)) {
            List<String> plan = new ArrayList<>();
            while (steps.next()) {
                plan.add(steps.getString("detail"));
            }
            return plan;
        }
    }
}
