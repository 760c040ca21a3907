package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A SQLite file made by statements of its own.
 *
 * @param name of its folder
 * @param catalog finds {@code source.db} beside itself
 * @param statements make tables and rows; run outside a transaction, each by itself
 */
record SqliteInput(String name, String catalog, List<String> statements) implements Workload.Input {
    private static final String DATABASE = "source.db";

    SqliteInput {
        statements = List.copyOf(statements);
    }

    @Override
    public Path prepare(Path data) throws IOException {
        Path folder = data.resolve(name);
        Path database = database(folder);
        if (!Files.exists(database)) {
            System.out.println("Making the source " + name + " ...");
            Files.createDirectories(folder);
            Path made = folder.resolve("new.db");
            Files.deleteIfExists(made);
            fill(made);
            Files.move(made, database);
        }
        Files.writeString(folder.resolve("catalog.yaml"), catalog);
        return folder;
    }

    private void fill(Path file) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma synchronous = off");
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new IOException("the source " + name + " could not be made: " + e.getMessage(), e);
        }
    }

    @Override
    public Path database(Path folder) {
        return folder.resolve(DATABASE);
    }
}
