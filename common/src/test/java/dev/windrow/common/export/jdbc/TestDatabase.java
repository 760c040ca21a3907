package dev.windrow.common.export.jdbc;

import dev.windrow.common.source.jdbc.PostgresqlServer;
import dev.windrow.testkit.Migrations;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    /** How the database would run that query. */
    String plan(StatusDatabase database, String sql, Map<String, ?> values) {
        String explain = url.startsWith("jdbc:sqlite:") ? "explain query plan " : "explain ";
        List<Map<String, Object>> lines = JdbcClient.create(database.reader())
                .sql(explain + sql)
                .params(values)
                .query()
                .listOfRows();
        return String.valueOf(lines);
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
