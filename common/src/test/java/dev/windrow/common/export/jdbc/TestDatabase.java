package dev.windrow.common.export.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
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
            Flyway.configure()
                    .dataSource(database.migrationSource())
                    .locations("classpath:db/migration/" + database.migrationFolder())
                    .load()
                    .migrate();
        }
    }

    private static final class Server {
        static final TestDatabase DATABASE = start();

        private static TestDatabase start() {
            try {
                // Ends with the JVM: the server's own shutdown hook sees to it.
                @SuppressWarnings("resource")
                EmbeddedPostgres server = EmbeddedPostgres.start();
                TestDatabase database =
                        new TestDatabase(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
                database.migrate();
                return database;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
