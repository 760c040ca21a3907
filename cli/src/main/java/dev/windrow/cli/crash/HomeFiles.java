package dev.windrow.cli.crash;

import dev.windrow.client.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A home looked at from outside, past the API: what a trial must not believe the server in. */
final class HomeFiles {
    private final Path home;

    HomeFiles(Path home) {
        this.home = home;
    }

    /**
     * What the row of an export says.
     *
     * @param checkpointRows rows that the last checkpoint has; 0 without one
     * @param losses in a row without a new checkpoint
     */
    record Row(State state, long rows, long checkpointRows, int losses) {}

    Row row(String id) throws FailedTrialException {
        try (Connection connection = open("windrow.db");
                PreparedStatement statement = connection.prepareStatement(
                        "select state, rows_written, coalesce(checkpoint_rows, 0), losses from exports where id = ?")) {
            statement.setString(1, id);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new FailedTrialException("The export " + id + " is not in the status table any more");
                }
                return new Row(State.of(result.getString(1)), result.getLong(2), result.getLong(3), result.getInt(4));
            }
        } catch (SQLException e) {
            throw new FailedTrialException("The status table can't be read: " + e.getMessage());
        }
    }

    /** What SQLite finds wrong with the two databases; empty when they are sound. */
    List<String> damage() {
        List<String> damage = new ArrayList<>();
        for (String database : List.of("windrow.db", "queue.db")) {
            try (Connection connection = open(database);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("pragma integrity_check")) {
                result.next();
                if (!"ok".equals(result.getString(1))) {
                    damage.add(database + ": " + result.getString(1));
                }
            } catch (SQLException e) {
                damage.add(database + ": " + e.getMessage());
            }
        }
        return damage;
    }

    /**
     * Files that nobody should have left: all in the work folder and the quarantine, and all artifacts but one and the
     * list of its blocks.
     */
    List<String> strays() throws IOException {
        List<String> strays = new ArrayList<>(names("work"));
        strays.addAll(names("quarantine"));
        List<String> artifacts = names("artifacts");
        String own = artifacts.stream()
                .filter(name -> name.endsWith(".zip"))
                .map(name -> name.substring(0, name.length() - "zip".length()))
                .findFirst()
                .orElse("/");
        artifacts.stream()
                .filter(name -> !name.startsWith(own) && !name.equals("artifacts/.store"))
                .forEach(strays::add);
        return strays;
    }

    /** Copies the home of a server that does not run. */
    void copyTo(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(home.relativize(file)));
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private List<String> names(String folder) throws IOException {
        Path path = home.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
        }
    }

    private Connection open(String database) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve(database));
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
