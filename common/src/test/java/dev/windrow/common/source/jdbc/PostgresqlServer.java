package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL, started once for all tests of a JVM, whose end ends it. */
public final class PostgresqlServer implements TestDatabase {
    public static final PostgresqlServer STARTED = new PostgresqlServer();

    private final EmbeddedPostgres server;

    private PostgresqlServer() {
        try {
            server = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Source source() {
        return new Source("plant", server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
    }

    @Override
    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    /** Makes one more database on it, and gives its address; its owner is {@code postgres}, without a password. */
    public String makeDatabase(String name) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }

    @Override
    public String endless() {
        return "select g as n from generate_series(1, 100000000000) g where pg_sleep(0.01) is null";
    }

    @Override
    public String numbers(int last) {
        return "(select n::bigint as n from generate_series(1, " + last + ") n)";
    }
}
