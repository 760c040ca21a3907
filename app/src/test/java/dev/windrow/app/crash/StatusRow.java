package dev.windrow.app.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An export's row, past the API.
 *
 * @param owner who holds the lease, by a name with the process id in it; empty if nobody does
 */
record StatusRow(String state, long claim, int attempt, long checkpointRows, String owner) {
    static StatusRow of(Path home, String id) {
        try (Connection connection = open(home.resolve("windrow.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select state, claim, attempt, coalesce(checkpoint_rows, 0), lease_owner from exports where id = '"
                                + id + "'")) {
            if (!row.next()) {
                throw new AssertionError("no row of export " + id);
            }
            String owner = row.getString(5);
            return new StatusRow(
                    row.getString(1), row.getLong(2), row.getInt(3), row.getLong(4), owner == null ? "" : owner);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** How many exports are in that state. */
    static int count(Path home, String state) {
        try (Connection connection = open(home.resolve("windrow.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from exports where state = '" + state + "'")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** All tables and indexes of a database file, as they were made. */
    static List<String> schema(Path database) {
        List<String> all = new ArrayList<>();
        try (Connection connection = open(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select sql from sqlite_master order by type, name")) {
            while (rows.next()) {
                all.add(String.valueOf(rows.getString(1)));
            }
            return all;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Something that no API does. */
    static void change(Path home, String sql) {
        try (Connection connection = open(home.resolve("windrow.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** What SQLite says of a database file: {@code ok}. */
    static String integrity(Path database) {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma integrity_check")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static Connection open(Path database) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
        }
        return connection;
    }
}
