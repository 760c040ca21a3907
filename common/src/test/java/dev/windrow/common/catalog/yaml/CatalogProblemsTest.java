package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Unit;
import dev.windrow.common.catalog.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** One broken catalog for each problem: a sound one with one piece replaced, as the files of {@code problems} say. */
class CatalogProblemsTest {
    private static final String SOUND = resource("sound.yaml");
    private static final String MOMENTS = """
            sources:
              plant:
                url: jdbc:sqlite:sensors.db
            datasets:
              moments:
                source: plant
                formats: [csv]
                files:
                  - name: moments
                    query: select *, sec + 1 as sum from moments
                    key: [id]
                    columns:""";

    @TempDir
    Path temporary;

    private CatalogFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new CatalogFolder(temporary);
    }

    @Test
    void startsFromASoundCatalog() throws InvalidCatalogException {
        folder.file("windrow.yaml", SOUND);

        assertThat(folder.warnings("windrow.yaml")).isEmpty();
    }

    @Test
    void takesAYearForNoPart() throws InvalidCatalogException {
        String year = "files:\n      - { name: readings-2023, query: select sensor_id from sensors, key: [sensor_id] }";
        folder.file("windrow.yaml", SOUND.replace("files:", year));

        assertThat(folder.load("windrow.yaml")
                        .catalog()
                        .find("readings")
                        .orElseThrow()
                        .files())
                .hasSize(2);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource
    void tellsFileLineAndMend(String theme, String piece, String broken, List<String> problems) {
        assertThat(SOUND).contains(piece);
        folder.file("windrow.yaml", SOUND.replace(piece, broken));

        assertThat(folder.problems("windrow.yaml")).containsExactlyElementsOf(problems);
    }

    static Stream<Arguments> tellsFileLineAndMend() {
        return Stream.of("structure", "sources", "datasets", "parameters", "subjects", "guards", "files", "columns")
                .flatMap(CatalogProblemsTest::cases);
    }

    private static Stream<Arguments> cases(String theme) {
        List<Map<String, Object>> cases = new Yaml().load(resource(theme + ".yaml"));
        return cases.stream()
                .map(one -> arguments(
                        theme,
                        one.get("replace"),
                        one.get("by"),
                        ((List<?>) one.get("says"))
                                .stream().map(text -> "windrow.yaml:" + text).toList()));
    }

    private static String resource(String name) {
        try (InputStream in = CatalogProblemsTest.class.getResourceAsStream("problems/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sec, as: timestamp                | holds numbers in the source, which are timestamps only in a unit; add unit: s, ms, us or julian (days), as in { name: sec, as: timestamp, unit: ms }
            jd, as: timestamp                 | holds numbers in the source, which are timestamps only in a unit; add unit: s, ms, us or julian (days), as in { name: jd, as: timestamp, unit: ms }
            sec, as: date                     | holds numbers in the source, which are no days; write as: timestamp with a unit, or make the day in the query
            raw, "as: timestamp, unit: s"     | is of type bytes in the source, which has no unit; remove unit
            """)
    void refusesATimeThatTheColumnCannotBe(String column, String problem) {
        String[] said = column.replace("\"", "").split(", ", 2);
        folder.file(
                "windrow.yaml",
                MOMENTS + "\n          - { name: id }\n          - { name: " + said[0] + ", " + said[1] + " }");

        assertThat(folder.problems("windrow.yaml"))
                .containsExactly("windrow.yaml:14: dataset moments, file moments: columns: " + said[0] + " " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "{ name: sec, as: timestamp, unit: sec }"   | unknown unit "sec"; there are s, ms, us, julian
            "{ name: sec, as: timestamp, unit: juli }"  | unknown unit "juli" (did you mean "julian"?)
            "{ name: sec, as: integer, unit: s }"       | unit has no meaning beside as: integer; remove it
            "{ name: sec, as: date, unit: s }"          | unit has no meaning beside as: date; remove it
            "{ name: sec, unit: s }"                    | unit has no meaning without as: timestamp; add that
            """)
    void refusesAUnitThatIsNoneOrHasNoMeaning(String column, String problem) {
        folder.file("windrow.yaml", MOMENTS + "\n          - " + column.replaceAll("^\"|\"$", ""));

        assertThat(folder.problems("windrow.yaml"))
                .contains("windrow.yaml:13: dataset moments, file moments, columns: " + problem);
    }

    @Test
    void takesAUnitForNumbersAndForWhatMayHoldSome() throws InvalidCatalogException {
        folder.file("windrow.yaml", MOMENTS + """

                          - { name: sec, as: timestamp, unit: s }
                          - { name: jd, as: timestamp, unit: julian }
                          - { name: txt, as: timestamp, unit: us }
                          - { name: at, as: timestamp }
                          - { name: sum, as: timestamp, unit: ms }
                """);

        assertThat(folder.load("windrow.yaml")
                        .catalog()
                        .find("moments")
                        .orElseThrow()
                        .columns())
                .extracting(Column::name, Column::type, Column::unit)
                .containsExactly(
                        tuple("id", ColumnType.INTEGER, null),
                        tuple("sec", ColumnType.TIMESTAMP, Unit.S),
                        tuple("jd", ColumnType.TIMESTAMP, Unit.JULIAN),
                        tuple("txt", ColumnType.TIMESTAMP, Unit.US),
                        tuple("raw", ColumnType.BYTES, null),
                        tuple("at", ColumnType.TIMESTAMP, null),
                        tuple("sum", ColumnType.TIMESTAMP, Unit.MS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                | windrow.yaml:1: is empty; write sources and datasets
            `# nothing`       | windrow.yaml:1: is empty; write sources and datasets
            `- a`             | windrow.yaml:1: expected "name: value" lines, indented below it, not a list
            `datasets:`       | windrow.yaml: no datasets; add some under "datasets:"
            `sources: []`     | windrow.yaml:1: sources: expected "name: value" lines, indented below it, not a list
            `datasets: {a: }` | windrow.yaml:1: dataset a: expected "name: value" lines, indented below it, not nothing
            """)
    void tellsWhatIsWrongWithAWholeFile(String text, String problem) {
        folder.file("windrow.yaml", text);

        assertThat(folder.problems("windrow.yaml")).containsExactly(problem);
    }

    @Test
    void refusesASecondDocument() {
        folder.file("windrow.yaml", SOUND + "---\na: b\n");

        assertThat(folder.problems("windrow.yaml"))
                .containsExactly(
                        "windrow.yaml:18: not valid YAML: but found another document; check the indentation and the"
                                + " quotes here and above");
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Files.write(temporary.resolve("windrow.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

        assertThat(folder.problems("windrow.yaml"))
                .containsExactly("windrow.yaml: is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void readsPastAByteOrderMark() throws InvalidCatalogException {
        folder.file("windrow.yaml", "\uFEFF" + SOUND);

        assertThat(folder.warnings("windrow.yaml")).isEmpty();
    }

    @Test
    void refusesACatalogThatIsNotThere() {
        assertThat(folder.problems("catalog.yaml"))
                .containsExactly("catalog.yaml: there is no such file or folder; correct the path of the catalog");
    }

    @Test
    void refusesAFolderWithoutCatalogs() throws IOException {
        Files.createDirectory(temporary.resolve("all"));

        assertThat(folder.problems("all")).containsExactly("all: the folder has no *.yaml or *.yml file; add one");
    }

    @Test
    void isNotHurtByAliasesThatMultiply() {
        StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c <= 'z'; c++) {
            bomb.append(c).append(": &").append(c).append(" [");
            bomb.append(("*" + (char) (c - 1) + ",").repeat(9)).append("]\n");
        }
        folder.file("windrow.yaml", bomb.toString());

        assertThat(folder.problems("windrow.yaml")).isNotEmpty();
    }

    @Test
    void isNotHurtByAnAliasOfItself() {
        folder.file("windrow.yaml", SOUND.replace("{ type: string }", "&a { type: string, default: [*a] }"));

        assertThat(folder.problems("windrow.yaml"))
                .containsExactly("windrow.yaml:10: dataset readings, parameter sensor: "
                        + "default does not fit: expected a string, not a list; correct it");
    }
}
