package dev.windrow.common.export.jdbc;

import dev.windrow.common.source.jdbc.PostgresqlServer;
import dev.windrow.testkit.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A migrated status database: a SQLite file of the test's own, or the one PostgreSQL of this JVM. */
record TestDatabase(String url, String username, String password) {
    static TestDatabase sqlite(Path folder) {
        TestDatabase database = new TestDatabase("jdbc:sqlite:" + folder.resolve("windrow.db"), "", "");
        database.migrate();
        return database;
    }

    static TestDatabase postgresql() {
        return Server.DATABASE;
    }

    StatusDatabase open() {
        return StatusDatabase.open(url, username, password);
    }

    /**
     * How the database would run that query, were its tables large: over a handful of rows PostgreSQL takes now one way
     * and now another, by what other tests have left in them.
     */
    String plan(StatusDatabase database, String sql, Map<String, ?> values) {
        boolean isSqlite = url.startsWith("jdbc:sqlite:");
        try (Connection connection = database.reader().getConnection()) {
            JdbcClient client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            List<String> ways = isSqlite ? List.of() : List.of("seqscan", "bitmapscan", "sort");
            ways.forEach(way -> client.sql("set enable_" + way + " = off").update());
            List<Map<String, Object>> lines = client.sql((isSqlite ? "explain query plan " : "explain ") + sql)
                    .params(values)
                    .query()
                    .listOfRows();
            ways.forEach(way -> client.sql("reset enable_" + way).update());
            return String.valueOf(lines);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void migrate() {
        try (StatusDatabase database = open()) {
            Migrations.run(database.migrationSource(), database.migrationFolder());
        }
    }

    private static final class Server {
        static final TestDatabase DATABASE = start();

        private static TestDatabase start() {
            try {
                String url = PostgresqlServer.STARTED.makeDatabase("status");
                TestDatabase database = new TestDatabase(url, "postgres", "postgres");
                database.migrate();
                return database;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
