package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;

/**
 * A folder with a small sensors database and the catalogs of one test. Messages come back without the folder's own
 * path.
 */
final class CatalogFolder {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    CatalogFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + this.folder.resolve("sensors.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("create table sensors (sensor_id text primary key, name text)");
            statement.executeUpdate("create table moments (id integer primary key, sec integer, jd real, txt text,"
                    + " raw blob, at datetime)");
            statement.executeUpdate("create table readings (sensor_id text, timestamp_ms integer, value real,"
                    + " quality integer, created_at text, primary key (sensor_id, timestamp_ms))");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Path path() {
        return folder;
    }

    CatalogFolder variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CatalogFolder file(String name, String text) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is taken must fit the JSON Schema too. */
    LoadedCatalog load(String name) throws InvalidCatalogException {
        LoadedCatalog loaded = new CatalogLoader(new PlainInspector(), environment::get, Set.of(Format.CSV))
                .load(folder.resolve(name));
        // Such a comma is read past with a warning; to the schema it begins an unknown field.
        boolean torn = loaded.warnings().stream().anyMatch(warning -> warning.contains("a comma ends a text"));
        Assertions.assertThat(faults(name)).as("by the schema").matches(faults -> torn || faults.isEmpty());
        return loaded;
    }

    private List<String> faults(String name) {
        Path path = folder.resolve(name);
        try {
            return Files.isRegularFile(path)
                    ? CatalogSchema.faults(Files.readString(path).replace("\uFEFF", ""))
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> warnings(String name) throws InvalidCatalogException {
        return load(name).warnings().stream().map(this::withoutFolder).toList();
    }

    List<String> notes(String name) throws InvalidCatalogException {
        return load(name).notes().stream().map(this::withoutFolder).toList();
    }

    List<String> problems(String name) {
        InvalidCatalogException invalid =
                Assertions.catchThrowableOfType(InvalidCatalogException.class, () -> load(name));
        Assertions.assertThat(invalid).as("refusal of " + name).isNotNull();
        Assertions.assertThat(invalid).hasMessage(String.join("\n", invalid.problems()));
        if (invalid.problems().stream().anyMatch(problem -> problem.contains("unknown field"))) {
            Assertions.assertThat(faults(name)).as("by the schema").isNotEmpty();
        }
        return invalid.problems().stream().map(this::withoutFolder).toList();
    }

    private String withoutFolder(String message) {
        return message.replace(folder + "/", "").replace(folder.toString(), "FOLDER");
    }
}
