package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.access.key.KeyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a scrape of each role gives, against the manual's table, and that its figures are of what was done. */
final class MetricsIT {
    private static final String PROMETHEUS = "/actuator/prometheus";
    private static final String[] KEY = {"Authorization", "Bearer the scraper's"};

    @TempDir
    Path folder;

    private Path catalog;

    @BeforeEach
    void makeSource() {
        catalog = Samples.small(folder, 10);
    }

    private RunningWindow serve(String... settings) {
        return RunningWindow.start(folder.resolve("home"), catalog, settings);
    }

    /** A row of the manual's table. */
    private record Row(String name, String type, TreeSet<String> labels, String said) {
        static Row of(List<String> cells) {
            // What follows the colon are a label's values.
            TreeSet<String> labels = Manual.code(cells.get(2).replaceAll(": .*", "")).stream()
                    .collect(Collectors.toCollection(TreeSet::new));
            return new Row(Manual.only(cells.get(0)), cells.get(1), labels, cells.get(3));
        }

        boolean isSaidBy(String role) {
            return role.equals("all") || said.equals("both") || said.equals(role);
        }
    }

    private static Map<String, String> manual(String role) {
        return described(Manual.page("docs/operations.md").table("## Metrics").stream()
                .map(Row::of)
                .filter(row -> row.isSaidBy(role))
                .toList());
    }

    private static Map<String, String> described(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        Row::name, row -> row.type() + " " + row.labels(), (one, other) -> one, TreeMap::new));
    }

    private static Map<String, String> described(Scrape scrape) {
        Map<String, String> described = new TreeMap<>();
        scrape.types().forEach((name, type) -> described.put(name, type + " " + scrape.labels(name)));
        return described;
    }

    /** Also before anything has happened, so that nobody waits for a name. */
    @Test
    void areThoseOfTheManualInEachRole() {
        for (String role : List.of("all", "api", "worker")) {
            try (RunningWindow windrow = serve(
                    "--windrow.role=" + role,
                    "--windrow.security.mode=api-keys",
                    "--windrow.security.api-keys[0].name=prometheus",
                    "--windrow.security.api-keys[0].roles=metrics",
                    "--windrow.security.api-keys[0].sha256=" + KeyText.sha256("the scraper's"),
                    "--windrow.security.api-keys[0].expires=" + Instant.now().plus(Duration.ofDays(7)))) {
                assertThat(windrow.client.get(PROMETHEUS).status()).isEqualTo(401);
                assertThat(described(Scrape.of(windrow.client.get(PROMETHEUS, KEY))))
                        .as(role)
                        .isEqualTo(manual(role));
            }
        }
    }

    @Test
    void countWhatWasDone() throws SQLException {
        try (RunningWindow windrow = serve()) {
            JsonNode export = windrow.client.complete("{\"dataset\":\"big\"}");
            byte[] archive = windrow.client.archive(export);
            dropTheRows();
            String failed = windrow.client.start("{\"dataset\":\"big\"}");
            String why = windrow.client
                    .awaitState(failed, "failed")
                    .at("/error/type")
                    .asString();
            String type = why.replaceFirst(".*/", "");
            // A failure is counted, and its run gone, a moment after the table tells of it.
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Scrape now = Scrape.of(windrow.client.get(PROMETHEUS));
                assertThat(now.value("windrow_failures_total", "type", type)).isEqualTo(1);
                assertThat(now.value("windrow_checkpoint_age_seconds")).isZero();
            });
            Scrape scrape = Scrape.of(windrow.client.get(PROMETHEUS));

            String[] labels = {"dataset", "big", "format", "csv"};
            assertThat(scrape.value("windrow_export_seconds_count", labels)).isEqualTo(1);
            assertThat(scrape.value("windrow_export_rows_total", labels)).isEqualTo(10);
            assertThat(scrape.value("windrow_export_bytes_total", labels)).isEqualTo(archive.length);
            assertThat(scrape.value("windrow_export_wait_seconds_count")).isEqualTo(2);
            assertThat(scrape.value("windrow_first_row_seconds_count")).isEqualTo(1);
            assertThat(scrape.value("windrow_downloads_bytes_total")).isEqualTo(archive.length);
            assertThat(scrape.value("windrow_source_seconds_count", "source", "rows"))
                    .isPositive();
            assertThat(scrape.value("windrow_failures_total", "type", type)).isEqualTo(1);
            assertThat(scrape.value("windrow_checkpoint_age_seconds")).isZero();
            assertThat(scrape.value("windrow_storage_bytes", "kind", "left")).isPositive();
            assertThat(scrape.text().lines().filter(line -> line.startsWith("windrow_")))
                    .noneMatch(line -> line.contains(export.path("id").asString()) || line.contains("local"));
            awaitValue(windrow, 0, "windrow_queue_age_seconds");
        }
    }

    private void dropTheRows() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("big.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("drop table big");
        }
    }

    @Test
    void countTheTableAndNameNoDatasetThatTheCatalogHasNot() throws IOException {
        try (RunningWindow windrow = serve()) {
            var unused = windrow.client.complete("{\"dataset\":\"big\"}");
        }
        try (RunningWindow windrow = serve()) {
            awaitCompleted(windrow, "big", 1);
            awaitCompleted(windrow, "_other", 0);
        }
        Files.writeString(catalog, Files.readString(catalog).replace("  big:\n", "  renamed:\n"));
        try (RunningWindow windrow = serve()) {
            awaitCompleted(windrow, "renamed", 0);
            awaitCompleted(windrow, "_other", 1);
        }
    }

    private static void awaitCompleted(RunningWindow windrow, String dataset, int exports) {
        awaitValue(windrow, exports, "windrow_exports", "state", "completed", "dataset", dataset, "format", "csv");
    }

    /** On a busy machine the first answer of the table may take longer than a scrape waits for it. */
    private static void awaitValue(RunningWindow windrow, double value, String name, String... labels) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                Scrape.of(windrow.client.get(PROMETHEUS)).value(name, labels))
                        .isEqualTo(value));
    }

    @Test
    void sayWhichBuildItIsAndWhichPartIsHow() {
        try (RunningWindow windrow = serve()) {
            JsonNode info = windrow.client.get("/actuator/info").json();
            assertThat(info.at("/build/version").asString()).isNotEmpty();
            assertThat(info.at("/build/commit").asString()).matches("[0-9a-f]{40}(-dirty)?|unknown");
            for (String part : List.of("statusTable", "worker")) {
                JsonNode found = info.path("parts").path(part);
                assertThat(found.path("status").asString()).as(part).isEqualTo("UP");
                assertThat(Instant.parse(found.path("since").asString())).isBefore(Instant.now());
            }
        }
    }
}
