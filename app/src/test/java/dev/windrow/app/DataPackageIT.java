package dev.windrow.app;

import static dev.windrow.app.NpmFolder.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the validators of the standard's own authors make of an archive's {@code datapackage.json}: nothing is wrong
 * with it, nor with a row of the files by the types that it says.
 */
@Tag("slow")
final class DataPackageIT {
    private static final Path SOURCES = Path.of("src/test/datapackages");

    private static final String CATALOG = """
            sources:
              plant: { url: "jdbc:sqlite:plant.db" }
            datasets:
              all-types:
                source: plant
                formats: [csv, json, ndjson, xlsx]
                files:
                  - name: All_types
                    query: select * from samples
                    key: [id]
                    columns:
                      - { name: id, title: Number }
                      - { name: at, as: timestamp, unit: us }
                      - { name: day, as: date }
                      - { name: ok, as: boolean }
                      - { name: amount, as: number }
                      - { name: raw, as: bytes }
                      - { name: doc, as: json }
                  - name: head
                    query: select id, label from samples
                    key: [id]
                    header: { query: select 1 as one, rows: rows }
                  - name: run
                    shape: object
                    query: select count(*) as n from samples
                  - name: Media
                    attachments: { query: "select path from media", root: media }
              rows:
                source: plant
                formats: [csv]
                files:
                  - { name: rows, query: "select * from samples", key: [label, id] }
            """;

    @TempDir
    static Path folder;

    private static RunningWindow windrow;
    private static NpmFolder npm;

    @BeforeAll
    static void serve() throws IOException, SQLException {
        Machine.requireProgram("what validators say of archives", "node", "nodejs");
        npm = NpmFolder.installed(SOURCES, folder.resolve("npm"));
        Files.createDirectories(folder.resolve("media"));
        Files.writeString(folder.resolve("media/A picture (1).txt"), "one");
        Files.writeString(folder.resolve("media/\u00fc%20.bin"), "two");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("plant.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table samples(id integer primary key, label text, at integer, day text, ok,"
                    + " amount, raw blob, doc text, free)");
            statement.execute("insert into samples values"
                    + " (1, 'plain', 1709208000000000, '2024-02-29', 1, 1.5, x'fb00ff', '{\"a\":[1]}', 1),"
                    + " (2, '=1+1', 1709208000250000, '1899-01-01', 0, '0.0000000000000001', x'', '[]', 'two'),"
                    + " (3, 'a \"b\"' || char(10) || 'c;d', -62135596799999999, '0001-01-01', 'true', 9e999,"
                    + " x'00', '\"x\"', 3.5),"
                    + " (4, '-', null, null, null, null, null, null, null),"
                    + " (-9007199254740991, 'low', 0, '9999-12-31', 1, -1e300, x'ff', '7', x'00')");
            statement.execute("create table media(path text)");
            statement.execute("insert into media values ('A picture (1).txt'), ('\u00fc%20.bin')");
        }
        windrow =
                RunningWindow.start(folder.resolve("home"), Files.writeString(folder.resolve("catalog.yaml"), CATALOG));
    }

    @AfterAll
    static void stop() {
        if (windrow != null) {
            windrow.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv | {}",
                "csv | {\"csv\":{\"profile\":\"spreadsheet\"}}",
                "csv | {\"csv\":{\"delimiter\":\";\",\"lineEnding\":\"lf\",\"formulas\":\"escape\"}}",
                "csv | {\"headers\":\"titles\"}",
                "json | {}",
                "json | {\"json\":{\"indent\":2}}",
                "ndjson | {}",
                "xlsx | {}"
            })
    void isValidAndSoAreTheRowsOfEachFormat(String format, String options) throws IOException {
        Path files =
                unpacked("{\"dataset\":\"all-types\",\"format\":\"%s\",\"options\":%s}".formatted(format, options));

        ProcessRun found = npm.node("validate.js", files.toString());

        assertEnds(found);
        assertThat(found.out()).isEmpty();
        assertThat(found.err().lines().filter(line -> line.endsWith(": 5 rows")))
                .hasSize(
                        switch (format) {
                            case "xlsx" -> 0;
                            // With the header it is no table.
                            case "json" -> 1;
                            default -> 2;
                        });
    }

    @Test
    void isValidWhereAllFilesAreTablesAndColumnsWereChosen() throws IOException {
        Path files = unpacked("{\"dataset\":\"rows\",\"columns\":[\"id\",\"free\",\"label\"]}");

        ProcessRun found = npm.node("validate.js", files.toString());

        assertEnds(found);
        assertThat(found.out()).isEmpty();
        assertThat(found.err()).contains("rows: 5 rows");
        JsonNode described = JsonMapper.shared().readTree(Files.readString(files.resolve("datapackage.json")));
        assertThat(described.path("profile").asString()).isEqualTo("tabular-data-package");
        assertThat(described.at("/resources/0/schema/primaryKey").toString()).isEqualTo("[\"label\",\"id\"]");
    }

    /** Otherwise nothing would be found in the others either. */
    @Test
    void isNotValidWhereItSaysAnotherTypeOrKeyOrNoFile() throws IOException {
        Path files = unpacked("{\"dataset\":\"rows\"}");
        Path file = files.resolve("datapackage.json");
        String described = Files.readString(file);

        JsonNode otherType = JsonMapper.shared().readTree(described);
        ((ObjectNode) otherType.at("/resources/0/schema/fields/1")).put("type", "integer");
        Files.writeString(file, otherType.toString());
        assertThat(npm.node("validate.js", files.toString()).out())
                .startsWith("rows: ")
                .contains("label");

        JsonNode otherKey = JsonMapper.shared().readTree(described);
        ((ObjectNode) otherKey.at("/resources/0/schema")).putArray("primaryKey").add("ok");
        Files.writeString(file, otherKey.toString());
        assertThat(npm.node("validate.js", files.toString()).out()).startsWith("rows: ");

        Files.writeString(file, described.replace("\"path\"", "\"place\""));
        assertThat(npm.node("validate.js", files.toString()).out()).startsWith("package: ");
    }

    /** The folder that the archive of an export is unpacked into. */
    private static Path unpacked(String body) throws IOException {
        Map<String, byte[]> entries = ZipText.entries(windrow.client.archive(windrow.client.complete(body)));
        Path files = Files.createTempDirectory(folder, "files");
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            Path file = files.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        return files;
    }
}
