package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.yaml.tree.KnownField;
import dev.windrow.common.catalog.yaml.tree.Level;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import dev.windrow.common.url.JdbcUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds docs/catalog.md to what the readers take: a row for each field, a field for each row, examples that load. */
final class CatalogManualTest {
    private static final CatalogManual MANUAL = CatalogManual.read();
    private static final Pattern OPTIONS = Pattern.compile("there are: ([\\w, ]+)");

    @TempDir
    Path folder;

    @BeforeEach
    void makePlant() throws IOException, SQLException {
        Files.createDirectory(folder.resolve("photos"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("plant.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("create table sensors (id text primary key not null, name text)");
            statement.execute("create table readings (sensor text not null, at_ms integer not null, value real,"
                    + " quality text, note text, primary key (sensor, at_ms))");
            statement.execute("create table inspections (id integer primary key, place text, report text)");
            statement.execute("create table measurements (inspection integer not null, at_ms integer not null,"
                    + " payload text, primary key (inspection, at_ms))");
            statement.execute("create table photos (inspection integer, path text, title text)");
        }
    }

    static Stream<Arguments> levels() {
        return Levels.ALL.stream().map(level -> Arguments.of(level.name(), level));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("levels")
    void hasARowForEachField(String name, Level level) {
        assertThat(MANUAL.tables().getOrDefault(level.name(), List.of()))
                .as(() -> "the table of " + level.name() + ", which must be\n"
                        + String.join("\n", CatalogManual.table(level)) + "\n")
                .isEqualTo(CatalogManual.table(level));
    }

    @Test
    void hasNoTableOfFieldsThatThereAreNot() {
        assertThat(MANUAL.tables().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Levels.ALL.stream().map(Level::name).toList());
    }

    static Stream<String> examples() {
        return MANUAL.examples().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsCatalogsThatAreGood(String example) throws Exception {
        LoadedCatalog loaded = load(example);

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.catalog().datasets()).isNotEmpty();
        assertThat(CatalogSchema.faults(example)).isEmpty();
    }

    /** A field that no reader looks at would be taken and change nothing. */
    @ParameterizedTest
    @MethodSource("examples")
    void describesFieldsThatAreRead(String example) throws Exception {
        for (Place place : fieldsOf(example)) {
            JsonNode value = place.parent().get(place.field().name());
            place.parent().putArray(place.field().name()).addArray().add("what no field takes");
            String json = place.root().toString();
            place.parent().set(place.field().name(), value);
            assertThat(catchThrowable(() -> load(json))).as(json).isInstanceOf(InvalidCatalogException.class);
            assertThat(CatalogSchema.faults(json)).as(json).isNotEmpty();
        }
    }

    @Test
    void showsEachFieldInAnExample() {
        Set<String> shown = new TreeSet<>();
        for (String example : MANUAL.examples()) {
            fieldsOf(example).forEach(place -> shown.add(place.name()));
        }
        Set<String> fields = new TreeSet<>();
        Levels.ALL.forEach(level -> level.names().forEach(field -> fields.add(level.name() + "." + field)));

        assertThat(shown).isEqualTo(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:file:x?no=1", "jdbc:postgresql://host/db?no=1"})
    void namesEachOptionOfAUrl(String url) {
        Matcher options = OPTIONS.matcher(
                String.valueOf(catchThrowable(() -> JdbcUrl.checked(url)).getMessage()));

        assertThat(options.find()).isTrue();
        for (String option : options.group(1).split(", ")) {
            assertThat(MANUAL.text()).contains("`" + option + "`");
        }
    }

    /** A field in an example, with the mapping that it is in. */
    private record Place(JsonNode root, ObjectNode parent, Level level, KnownField field) {
        String name() {
            return level.name() + "." + field.name();
        }
    }

    private static List<Place> fieldsOf(String example) {
        JsonNode root = CatalogSchema.tree(example);
        List<Place> places = new ArrayList<>();
        walk(root, root, Levels.CATALOG, places);
        return places;
    }

    private static void walk(JsonNode root, JsonNode mapping, Level level, List<Place> places) {
        for (String name : mapping.propertyNames()) {
            KnownField field = level.field(name);
            places.add(new Place(root, (ObjectNode) mapping, level, field));
            Levels.ALL.stream()
                    .filter(inner -> inner.name().equals(field.form().level()))
                    .forEach(
                            inner -> within(field, mapping.get(name)).forEach(each -> walk(root, each, inner, places)));
        }
    }

    private static Iterable<JsonNode> within(KnownField field, JsonNode value) {
        boolean several = value.isArray() || field.form().schema().containsKey("patternProperties");
        return several ? value.values() : List.of(value);
    }

    /** An example without sources reads those of the first. */
    private LoadedCatalog load(String example) throws IOException, InvalidCatalogException {
        Path catalog = Files.createTempDirectory(folder, "catalog");
        Files.writeString(catalog.resolve("example.yaml"), example);
        if (!example.contains("sources")) {
            Files.writeString(catalog.resolve("sources.yaml"), "sources: { plant: { url: 'jdbc:sqlite:plant.db' } }");
        }
        Files.createSymbolicLink(catalog.resolve("plant.db"), folder.resolve("plant.db"));
        Files.createDirectory(catalog.resolve("photos"));
        Map<String, String> environment = Map.of("PLANT_URL", "jdbc:sqlite:plant.db");
        try (SourceConnections connections = new SourceConnections()) {
            return new CatalogLoader(
                            new JdbcSourceInspector(connections), environment::get, EnumSet.allOf(Format.class))
                    .load(catalog);
        }
    }
}
