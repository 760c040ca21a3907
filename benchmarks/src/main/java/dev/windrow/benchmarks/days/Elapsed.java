package dev.windrow.benchmarks.days;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What no rhythm shortens: that a deleted export is remembered for thirty days, what an owner used for as long, and
 * that the queue keeps its jobs for an hour. Their times are set back, as if a month had gone by.
 */
final class Elapsed {
    private static final long HOURS = 31 * 24;
    private static final long MILLIS = HOURS * 3_600_000;

    private Elapsed() {}

    static void aMonth(Path home) throws IOException {
        change(
                home.resolve("windrow.db"),
                "update forgotten set forgotten_at = forgotten_at - " + MILLIS,
                "update or replace hourly_use set hour = hour - " + HOURS,
                "update start_pace set ahead_to = ahead_to - " + 1_000 * MILLIS);
        change(
                home.resolve("queue.db"),
                "update jobrunr_jobs set updatedAt = updatedAt - " + MILLIS
                        + " where state in ('SUCCEEDED', 'DELETED', 'FAILED')");
    }

    private static void change(Path database, String... statements) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            for (String each : List.of(statements)) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IOException(database + " can't be changed", e);
        }
    }
}
