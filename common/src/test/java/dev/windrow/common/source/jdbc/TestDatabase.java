package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A database as its owner sees it. */
interface TestDatabase {
    Source source();

    /** A connection that may write, with autocommit. */
    Connection connect() throws SQLException;

    /** A query that would run for minutes, with a column n. */
    String endless();

    /** A relation whose column n counts from 1 to a last number. */
    String numbers(int last);

    /** Whether it is known which columns a window function makes where another column of the query has one. */
    default boolean tellsWindowsApart() {
        return true;
    }

    /** A name of a column as the reader writes it. */
    default String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Runs statements in one transaction. */
    default void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }
}
