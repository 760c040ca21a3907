package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresqlRowSourceIT extends RowSourceContract {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @AfterEach
    void dropItems() throws SQLException {
        run("drop table items");
    }

    @Override
    Source source() {
        return new Source("plant", server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
    }

    @Override
    Connection owner() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    String endless() {
        return "select g as n from generate_series(1, 100000000000) g where pg_sleep(0.01) is null";
    }
}
