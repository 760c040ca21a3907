package dev.windrow.app;

import dev.windrow.testkit.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database for the status table of several processes, on the one real PostgreSQL of this JVM. */
public record FreshDatabase(String url) {
    private static final AtomicInteger MADE = new AtomicInteger();

    /** A database of the caller's own, with the user in its url, who has no password. */
    public static FreshDatabase fresh() {
        String name = "status" + MADE.incrementAndGet();
        FreshDatabase own = new FreshDatabase(Holder.SERVER.getJdbcUrl("postgres", name));
        new FreshDatabase(Holder.SERVER.getJdbcUrl("postgres", "postgres")).execute("create database " + name);
        return own;
    }

    /** The setting of a process that uses it. */
    public String setting() {
        return "--windrow.database.url=" + url;
    }

    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setPort(Ports.free()).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
