package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQLite file, written as its owner would. */
public record SqliteSource(Path file) implements TestDatabase {
    @Override
    public Source source() {
        return new Source("plant", url(), null, null);
    }

    String url() {
        return "jdbc:sqlite:" + file;
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    @Override
    public String endless() {
        return "with recursive c(n) as (select 1 union all select n + 1 from c) select n from c where n < 0";
    }

    @Override
    public String numbers(int last) {
        return "(with recursive c(n) as (select 1 union all select n + 1 from c where n < " + last
                + ") select n from c)";
    }

    /** Runs statements one by one, as a pragma needs it. */
    public SqliteSource run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }
}
