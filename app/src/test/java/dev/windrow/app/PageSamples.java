package dev.windrow.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the page and the button are tried on: each kind of parameter, hostile texts, a failure, and rows that cost time
 * to read.
 */
final class PageSamples {
    /** Nothing of it must ever be markup. */
    static final String HOSTILE = "<img src=x onerror=\"window.hacked=1\"> & 'quotes'";

    private static final String CATALOG = """
            sources:
              rows: { url: "jdbc:sqlite:page.db" }
            datasets:
              readings:
                title: Readings
                description: A few rows, with a parameter of each kind.
                source: rows
                formats: [csv, json]
                parameters:
                  sensor: { type: string, required: true, maxLength: 20, title: Sensor }
                  since: { type: date, title: From day }
                  until: { type: timestamp, title: Until }
                  floor: { type: number, minimum: -50, maximum: 120, title: Least value }
                  serial: { type: integer, title: Serial }
                  quality: { type: string, enum: [good, bad], title: Quality }
                  deep: { type: boolean, default: false, title: Deep }
                  ids: { type: integer, list: true, title: Ids, values: { query: "select n, note from readings where note like :q" } }
                  place:
                    type: string
                    title: Place
                    values: { query: "select column1, column2 from (values ('b-1', 'Berlin'), ('b-2', 'Bern'), ('c-1', 'Chur')) where column2 like :q order by column2" }
                subject: { query: "select 1 where :sensor <> 's-0'", notFound: "Sensor {sensor} not found" }
                files:
                  - name: readings
                    query: >
                      select n, value, note from readings
                      where :sensor is not null and (:since is null or 1) and (:until is null or 1) and (:floor is null or value >= :floor)
                        and (:serial is null or 1) and (:quality is null or 1) and (:deep or 1) and (:place is null or 1) and (:ids is null or n in (:ids))
                    key: [n]
              slow:
                title: Slow rows
                source: rows
                formats: [csv]
                parameters:
                  rows: { type: integer, minimum: 1, default: 20000, title: Rows }
                files:
                  - name: slow
                    # Each row costs a count of its own, so that an export takes its time on any machine.
                    query: >
                      select n, (with recursive c(x) as (select 1 union all select x + 1 from c where x < 2000)
                                 select count(*) from c where x <> n) as work
                      from many where n <= :rows
                    key: [n]
                    batchRows: 50
              hostile:
                title: '<img src=x onerror="window.hacked=1"> & ''quotes'''
                description: '<script>window.hacked=2</script>'
                source: rows
                formats: [csv]
                parameters:
                  text: { type: string, title: '<b onclick="window.hacked=3">Text</b>', description: '<i>Any</i>' }
                files:
                  - name: hostile
                    query: "select n, value, note from readings where :text is null or note <> :text"
                    key: [n]
              failing:
                title: Rows that can't be read
                source: rows
                formats: [csv]
                files:
                  - name: failing
                    query: "select n, json_extract(case when n > 3000 then '{' else '{}' end, '$.a') as bad from many"
                    key: [n]
              damaged:
                title: Damaged rows
                source: rows
                formats: [csv]
                files:
                  - name: damaged
                    # The middle one of these bytes is none of UTF-8.
                    query: "select n, cast(x'41ff42' as text) as text from readings"
                    key: [n]
                  - name: media
                    attachments:
                      query: "select note || n as path from readings where n < 4"
                      root: .
            """;

    private PageSamples() {}

    /** Makes the catalog and its source, and gives the catalog's file. */
    static Path make(Path folder) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("page.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = off");
            statement.execute("create table readings(n integer primary key, value real, note text)");
            statement.execute("with recursive c(n) as (select 1 union all select n + 1 from c where n < 25) "
                    + "insert into readings select n, n + 0.5, case n when 2 then null else '"
                    + HOSTILE.replace("'", "''") + "' end from c");
            statement.execute("create table many(n integer primary key)");
            statement.execute("with recursive c(n) as (select 1 union all select n + 1 from c where n < 400000) "
                    + "insert into many select n from c");
            return Files.writeString(folder.resolve("catalog.yaml"), CATALOG);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
