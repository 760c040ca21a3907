package dev.windrow.benchmarks.days;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What is exported: some rows, which change now and then, rows that take their time, and rows that fail.
 *
 * @param folder with the catalog and the database
 */
record Source(Path folder) {
    private static final String CATALOG = """
            sources:
              s: { url: "jdbc:sqlite:source.db" }
            datasets:
              small:
                title: Some rows
                source: s
                formats: [csv]
                parameters: { note: { type: string, default: "" } }
                files:
                  - { name: rows, query: "select id, value, :note as note from items", key: [id] }
              slow:
                title: Rows without end
                source: s
                formats: [csv]
                files:
                  - { name: rows, query: "select id, (select sum(a.id * b.id) from items a, items b) as v from items", key: [id] }
              bad:
                title: A source that fails
                source: s
                formats: [csv]
                files:
                  - { name: rows, query: "select id, json_extract('{', '$.a') as v from items", key: [id] }
            """;

    private static final int ROWS = 500;

    static Source make(Path folder) throws IOException {
        Source source = new Source(folder);
        Files.writeString(source.catalog(), CATALOG);
        source.run("pragma journal_mode = wal");
        source.run("create table items (id integer primary key, value integer not null)");
        source.run("with recursive n(i) as (select 1 union all select i + 1 from n where i < " + ROWS
                + ") insert into items select i, 0 from n");
        return source;
    }

    Path catalog() {
        return folder.resolve("catalog.yaml");
    }

    /** So that the next export of a schedule has another archive. */
    void change() throws IOException {
        run("update items set value = value + 1 where id = 1");
    }

    private void run(String sql) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("source.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException("the source can't be written to", e);
        }
    }
}
