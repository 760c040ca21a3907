package dev.windrow.benchmarks;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows to export, and the same rows for the peers.
 *
 * @param title what the rows are
 * @param body the start of an export of these rows, as JSON
 * @param query gives the peers those rows in that order
 */
record Workload(String title, long rows, String body, String query, Input input) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Where the rows come from. */
    interface Input {
        /**
         * Makes the database if it is not there, and gives its folder, with today's catalog in {@code catalog.yaml}.
         */
        Path prepare(Path data) throws IOException;

        /** The database in that folder. */
        Path database(Path folder);
    }

    static String body(String dataset, Map<String, ?> parameters) {
        return JSON.writeValueAsString(Map.of("dataset", dataset, "format", "csv", "parameters", parameters));
    }

    /** Of an example's load rows. */
    private static Workload of(Example example, String title, long rows, String query) {
        return new Workload(
                title, rows, body(example.dataset(), example.parameters()), query, new ExampleInput(example, rows));
    }

    static Workload sensors(long rows) {
        return of(
                Example.SENSORS,
                "sensor readings",
                rows,
                "select timestamp_ms, value, quality from readings"
                        + " where sensor = (select id from sensors where sensor_id = 'load') order by timestamp_ms");
    }

    /** Wide rows with joins: what the catalog's query gives without its filters. */
    static Workload projects(long rows) {
        return of(
                Example.PROJECTS,
                "projects (wide, joined)",
                rows,
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
                rows,
                body("posts-by-uri", Map.of("author", author)),
                "select * from posts where did = '" + author + "' order by uri",
                new ExampleInput(Example.POSTS, rows));
    }

    Path prepare(Path data) throws IOException {
        return input.prepare(data);
    }

    Path database(Path folder) {
        return input.database(folder);
    }
}
