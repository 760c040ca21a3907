package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQLite file, written as its owner would. */
record SqliteSource(Path file) {
    Source source() {
        return new Source("plant", url(), null, null);
    }

    String url() {
        return "jdbc:sqlite:" + file;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    SqliteSource run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }
}
