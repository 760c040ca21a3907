package dev.windrow.benchmarks;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows to export, and the same rows for the peers.
 *
 * @param title what the rows are
 * @param dataset of the example
 * @param query gives the peers those rows in that order
 */
record Workload(
        String title, Example example, long rows, String dataset, Map<String, String> parameters, String query) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Workload sensors(long rows) {
        return new Workload(
                "sensor readings",
                Example.SENSORS,
                rows,
                Example.SENSORS.dataset(),
                Example.SENSORS.parameters(),
                "select timestamp_ms, value, quality from readings"
                        + " where sensor = (select id from sensors where sensor_id = 'load') order by timestamp_ms");
    }

    /** Wide rows with joins: what the catalog's query gives without its filters. */
    static Workload projects(long rows) {
        return new Workload(
                "projects (wide, joined)",
                Example.PROJECTS,
                rows,
                Example.PROJECTS.dataset(),
                Example.PROJECTS.parameters(),
                "select p.*, case p.location when 'headquarters' then 'Headquarters' when 'test_house' then 'Test house'"
                        + " when 'remote' then 'Remote' when 'client_site' then 'Client site'"
                        + " else p.location_other end as location_label,"
                        + " l.name as city, l.country, o.name as organization, u.email as owner_email,"
                        + " (select group_concat(name, '; ') from (select t.name from project_tags pt"
                        + " join tags t on t.id = pt.tag_id where pt.project_id = p.id order by t.name)) as tags"
                        + " from projects p join organizations o on o.id = p.organization_id"
                        + " join users u on u.id = p.owner_id left join locations l on l.id = p.location_id"
                        + " where o.name = '" + Example.PROJECTS.parameters().get("organization") + "' order by p.id");
    }

    /** Long texts in many languages. */
    static Workload posts(long rows) {
        String author = Example.POSTS.parameters().get("author");
        return new Workload(
                "posts (long texts)",
                Example.POSTS,
                rows,
                "posts-by-uri",
                Map.of("author", author),
                "select * from posts where did = '" + author + "' order by uri");
    }

    /** The start of an export of these rows, as JSON. */
    String body() {
        return JSON.writeValueAsString(Map.of("dataset", dataset, "format", "csv", "parameters", parameters));
    }

    /** Makes the database if it is not there, and gives its folder, with today's catalog. */
    Path prepare(Path data) throws IOException {
        Path folder = data.resolve(example.name() + "-" + rows);
        if (example.loadRows(folder).orElse(-1) != rows) {
            System.out.printf(Locale.ROOT, "Making a source of %,d %s ...%n", rows, title);
            Files.createDirectories(folder);
            example.create(folder, rows, made -> {});
        }
        // The rows last; what is asked of them may have changed since.
        Files.writeString(folder.resolve("catalog.yaml"), example.catalog());
        return folder;
    }
}
