package dev.windrow.benchmarks;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Readings of one sensor, asked for by the query that comes to mind: it has a lower bound of the key of its own, by
 * which SQLite enters the table, in place of the position that was reached.
 *
 * @param journal SQLite's journal mode: {@code wal} or {@code delete}
 */
record Readings(long rows, String journal) implements Workload.Input {
    private static final String DATASET = "readings";

    private static final String CATALOG = """
            sources:
              plant: { url: "jdbc:sqlite:source.db" }
            datasets:
              readings:
                title: Readings
                source: plant
                formats: [csv]
                parameters: { sensor_id: { type: string, required: true }, start_ts: { type: integer, default: 0 }, end_ts: { type: integer } }
                files:
                  - name: readings
                    query: >
                      select timestamp_ms, value, quality from readings
                      where sensor_id = :sensor_id and timestamp_ms >= :start_ts and (:end_ts is null or timestamp_ms < :end_ts)
                    key: [timestamp_ms]
              tiny:
                title: One row
                source: plant
                formats: [csv]
                files:
                  - { name: tiny, query: "select 1 as id", key: [id] }
            """;

    /** All of them. */
    Workload workload() {
        return new Workload("readings (" + journalName() + ")", rows, body(), query(), this);
    }

    String journalName() {
        return journal.equals("wal") ? "WAL" : "rollback journal";
    }

    /** The start of an export of all of them. */
    static String body() {
        return body(Map.of());
    }

    private static String body(Map<String, Long> more) {
        Map<String, Object> parameters = new HashMap<>(more);
        parameters.put("sensor_id", "load");
        return Workload.body(DATASET, parameters);
    }

    /** The start of an export of the first of them. */
    static String body(Path database, long rows) throws IOException {
        return body(Map.of("end_ts", timeOf(database, rows)));
    }

    private static String query() {
        return "select timestamp_ms, value, quality from readings"
                + " where sensor_id = 'load' and timestamp_ms >= 0 order by timestamp_ms";
    }

    private static long timeOf(Path database, long row) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query() + " limit 1 offset " + row)) {
            return found.next() ? found.getLong(1) : Long.MAX_VALUE;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public Path prepare(Path data) throws IOException {
        Workload.Input sensors = new ExampleInput(Example.SENSORS, rows);
        Path values = sensors.database(sensors.prepare(data));
        return input(values).prepare(data);
    }

    @Override
    public Path database(Path folder) {
        return input(folder).database(folder);
    }

    /** The values are those of the example. */
    private SqliteInput input(Path values) {
        return new SqliteInput(
                "readings-" + journal + "-" + rows,
                CATALOG,
                List.of(
                        "create table readings(sensor_id text not null, timestamp_ms integer not null, value real,"
                                + " quality integer not null, primary key(sensor_id, timestamp_ms)) without rowid",
                        "attach '" + values + "' as example",
                        "insert into readings select 'load', timestamp_ms, value, coalesce(quality, 0)"
                                + " from example.readings where sensor = 1",
                        "detach example",
                        "pragma journal_mode = " + journal));
    }
}
