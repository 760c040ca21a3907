package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.yaml.tree.KnownField;
import dev.windrow.common.catalog.yaml.tree.Level;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.draft.CatalogDrafter;
import dev.windrow.common.source.jdbc.draft.DraftedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds docs/catalog.schema.json to what the readers take. {@link CatalogFolder} does more: whatever catalog a test
 * loads must fit the schema, and one with an unknown field must not.
 */
final class CatalogSchemaTest {
    private static final Path KEPT = Path.of("..", "docs", "catalog.schema.json");
    private static final String SOUND = """
            sources: { plant: { url: jdbc:sqlite:sensors.db } }
            datasets:
              readings:
                source: plant
                formats: [csv]
                parameters: { sensor: { type: string } }
                subject: { query: select 1, notFound: none }
                files:
                  - name: readings
                    query: select 1 as a, 2 as payload
                    key: [a]
                    columns: [{ name: a }]
                    header: { query: select 1, rows: rows }
                    expand: { column: payload }
                  - name: media
                    attachments: { query: select 1 as path, root: media }
            """;

    @Test
    void isKeptAsTheFieldsGiveIt() throws IOException {
        Path made = Files.writeString(Path.of("target", "catalog.schema.json"), CatalogSchema.text());

        assertThat(Files.readString(KEPT))
                .as("%s; made anew in common/%s: copy it there", KEPT, made)
                .isEqualTo(CatalogSchema.text());
    }

    @Test
    void isASchema() {
        assertThat(CatalogSchema.faultsOfTheSchema()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sensors", "vibration", "projects", "posts", "surveys", "embedding"})
    void takesTheExamples(String example) throws IOException {
        assertThat(CatalogSchema.faults(Files.readString(Path.of("..", "examples", example, "catalog.yaml"))))
                .isEmpty();
    }

    @Test
    void takesWhatIsDrafted() throws Exception {
        String url = "jdbc:sqlite:" + temporary.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection(url);
                SourceConnections sources = new SourceConnections()) {
            connection
                    .createStatement()
                    .execute("create table \"no: \"\"x\"\"\" (\"a, b\" integer primary key, at date)");
            connection.createStatement().execute("create index by_day on \"no: \"\"x\"\"\" (at)");
            connection.createStatement().execute("insert into \"no: \"\"x\"\"\" values (1, '2026-01-01')");
            DraftedSource source = DraftedSource.of(url, temporary, name -> null);

            String text = new CatalogDrafter(sources, List.of(Format.values()))
                    .draft(source)
                    .text();

            assertThat(text).contains("since: {");
            assertThat(CatalogSchema.faults(text)).isEmpty();
        }
    }

    @TempDir
    Path temporary;

    private CatalogFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new CatalogFolder(temporary);
        Files.createDirectory(folder.path().resolve("media"));
    }

    @Test
    void takesASoundCatalog() throws InvalidCatalogException {
        folder.file("catalog.yaml", SOUND);

        assertThat(folder.load("catalog.yaml").catalog().datasets()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sources: |sorces: ",
                "datasets:|'more: 1\ndatasets:'",
                "url: jdbc|uri: jdbc",
                "url: jdbc:sqlite:sensors.db|url: [a]",
                "url: jdbc:sqlite:sensors.db|url: ''",
                "plant: {|pl.ant: {",
                "readings:|Readings:",
                "source: plant|source:",
                "[csv]|csv",
                "[csv]|[]",
                "[csv]|[cvs]",
                "source: plant|'source: plant\n    total: all'",
                "source: plant|'source: plant\n    consistency: [batch]'",
                "sensor: {|1sensor: {",
                "type: string|type: text",
                "type: string|title: Sensor",
                "type: string|type: string, max: 3",
                "type: string|type: string, required: yes",
                "type: string|type: string, maxLength: -1",
                "type: string|type: string, maxLength: '5'",
                "type: string|type: string, maxLength: 1.5",
                "type: string|type: number, minimum: a",
                "type: string|type: string, enum: []",
                "type: string|type: string, enum: [[a]]",
                "type: string|type: string, default: {}",
                "type: string|type: timestamp, bind: seconds",
                "notFound: none|notfound: none",
                "name: readings|name: read/ings",
                "name: readings|title: readings",
                "key: [a]|key: a",
                "key: [a]|key: []",
                "key: [a]|'key: [a]\n        batchRows: 0'",
                "key: [a]|'key: [a]\n        shape: rowz'",
                "{ name: a }|{ name: a, type: string }",
                "{ name: a }|{ name: a, as: any }",
                "{ name: a }|{ name: a, as: timestamp, unit: sec }",
                "rows: rows|row: rows",
                "column: payload|column: payload, rows: 10001",
                "column: payload|column: payload, fields: payload",
                "root: media|root: media, hardLinks: 1",
                "root: media|path: media"
            })
    void refusesWhatNoReaderTakes(String piece, String broken) {
        assertThat(SOUND).contains(piece);

        folder.file("catalog.yaml", SOUND.replace(piece, broken));

        assertThat(folder.problems("catalog.yaml")).isNotEmpty();
        assertThat(CatalogSchema.faults(SOUND.replace(piece, broken))).isNotEmpty();
    }

    static Stream<Arguments> fieldsWithAnExample() {
        return Levels.ALL.stream().flatMap(CatalogSchemaTest::fieldsWithAnExample);
    }

    private static Stream<Arguments> fieldsWithAnExample(Level level) {
        return level.fields().stream()
                .filter(field -> field.example() != null)
                .map(field -> Arguments.of(level.name() + "." + field.name(), field));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fieldsWithAnExample")
    void everyExampleIsOne(String name, KnownField field) {
        assertThat(CatalogSchema.faults(field, field.example())).isEmpty();
    }

    @Test
    void everyFieldOfOtherMappingsNamesThem() {
        List<String> levels = Levels.ALL.stream().map(Level::name).toList();

        assertThat(Levels.ALL)
                .flatExtracting(Level::fields)
                .allMatch(field -> (field.example() == null)
                        == levels.contains(field.form().level()));
    }
}
