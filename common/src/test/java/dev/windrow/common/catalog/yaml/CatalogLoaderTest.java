package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Consistency;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Parameter.TimestampBinding;
import dev.windrow.common.catalog.ParameterType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogLoaderTest {
    private static final String SOURCES = """
            sources:
              plant: { url: "jdbc:sqlite:sensors.db" }
            """;
    private static final String MINIMAL = """
            datasets:
              sensors:
                source: plant
                formats: [csv]
                files:
                  - { name: sensors, query: select sensor_id from sensors, key: [sensor_id] }
            """;

    @TempDir
    Path temporary;

    private CatalogFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new CatalogFolder(temporary);
    }

    @Test
    void loadsWhatAFileIsMadeOfBesidesRows() throws Exception {
        java.nio.file.Files.createDirectories(folder.path().resolve("media"));
        folder.file("forms.yaml", """
                sources: { plant: { url: "jdbc:sqlite:sensors.db" } }
                datasets:
                  readings:
                    source: plant
                    formats: [csv]
                    files:
                      - name: run
                        shape: object
                        query: select sensor_id, name from sensors
                      - name: readings
                        query: select timestamp_ms, value, created_at from readings
                        key: [timestamp_ms]
                        header: { query: select name from sensors, rows: readings }
                        expand: { column: created_at, fields: [a, b] }
                      - name: media
                        attachments: { query: "select name as path, sensor_id as name, 1 as more from sensors", root: media }
                """);

        java.util.List<dev.windrow.common.catalog.DatasetFile> files =
                only("forms.yaml").files();

        assertThat(files)
                .extracting(file -> file.form().kind().name())
                .containsExactly("OBJECT", "ROWS", "ATTACHMENTS");
        assertThat(files.get(0).key()).isEmpty();
        assertThat(files.get(1).form().header().rows()).isEqualTo("readings");
        assertThat(files.get(1).form().header().columns())
                .extracting(column -> column.name())
                .containsExactly("name");
        assertThat(files.get(1).form().expansion())
                .isEqualTo(
                        new dev.windrow.common.catalog.FileForm.Expansion("created_at", java.util.List.of("a", "b")));
        assertThat(files.get(2).form().root()).isEqualTo(folder.path().resolve("media"));
        assertThat(files.get(2).form().hardLinks()).isFalse();
        assertThat(files.get(2).columns()).extracting(column -> column.name()).containsExactly("path", "name");
    }

    @Test
    void allowsAttachmentsOfSeveralNamesWhereTheCatalogSaysSo() throws Exception {
        folder.file("links.yaml", SOURCES + MINIMAL + """
                      - name: media
                        attachments: { query: select name as path from sensors, root: ., hardLinks: true }
                """);

        assertThat(only("links.yaml").files().get(1).form().hardLinks()).isTrue();
    }

    @Test
    void learnsTheFieldsOfAnExpansionFromAsManyRowsAsTheCatalogSays() throws Exception {
        String file =
                "{ name: sensors, query: select sensor_id from sensors, key: [sensor_id], expand: { column: sensor_id";
        folder.file("default.yaml", SOURCES + MINIMAL.replaceFirst("\\{ name: .*", file + " } }"))
                .file("few.yaml", SOURCES + MINIMAL.replaceFirst("\\{ name: .*", file + ", rows: 7 } }"));

        assertThat(only("default.yaml").files().get(0).form().expansion().rows())
                .isEqualTo(1000);
        assertThat(only("few.yaml").files().get(0).form().expansion().rows()).isEqualTo(7);
    }

    @Test
    void loadsTheExampleOfTheManual() throws InvalidCatalogException {
        folder.file("windrow.yaml", """
                sources:
                  plant:
                    url: jdbc:sqlite:sensors.db                # or jdbc:postgresql://HOST/DATABASE
                    username: ${PLANT_USER:}                   # from the environment
                    password: ${PLANT_PASSWORD:}

                datasets:
                  sensor-readings:                             # [a-z0-9-]{1,64}: the name in the API
                    title: Sensor readings
                    description: Raw values of one sensor, oldest first.
                    source: plant
                    formats: [csv, json, ndjson, xlsx]         # the first is the default
                    parameters:                                # become JSON Schema in the API
                      sensor_id: { type: string, required: true, maxLength: 64, title: Sensor }
                      start_ts:  { type: integer, default: 0, title: From (ms) }
                      end_ts:    { type: integer, title: To (ms, exclusive) }
                    subject:                                   # must give a row
                      query: select 1 from sensors where sensor_id = :sensor_id
                      notFound: Sensor {sensor_id} not found
                    files:
                      - name: readings                         # readings.csv, by format
                        query: >
                          select timestamp_ms, value, quality from readings
                          where sensor_id = :sensor_id
                            and timestamp_ms >= :start_ts
                            and (:end_ts is null or timestamp_ms < :end_ts)
                        key: [timestamp_ms]                    # a total order of the rows
                        batchRows: 1000
                """);

        Dataset dataset = only("windrow.yaml");

        assertThat(dataset.name()).isEqualTo("sensor-readings");
        assertThat(dataset.title()).isEqualTo("Sensor readings");
        assertThat(dataset.description()).isEqualTo("Raw values of one sensor, oldest first.");
        assertThat(dataset.source().url())
                .isEqualTo("jdbc:sqlite:" + folder.path().resolve("sensors.db"));
        assertThat(dataset.source().username()).isNull();
        assertThat(dataset.source().password()).isNull();
        assertThat(dataset.formats()).containsExactly(Format.CSV);
        assertThat(dataset.counted()).isTrue();
        assertThat(dataset.subject())
                .isEqualTo(new Subject(
                        "select 1 from sensors where sensor_id = :sensor_id", "Sensor {sensor_id} not found"));
        assertThat(dataset.parameters())
                .extracting(Parameter::name, Parameter::type, Parameter::required, Parameter::maxLength)
                .containsExactly(
                        tuple("sensor_id", ParameterType.STRING, true, 64),
                        tuple("start_ts", ParameterType.INTEGER, false, null),
                        tuple("end_ts", ParameterType.INTEGER, false, null));
        assertThat(dataset.parameters()).extracting(Parameter::defaultValue).containsExactly(null, 0L, null);
        assertThat(dataset.parameters())
                .extracting(Parameter::title)
                .containsExactly("Sensor", "From (ms)", "To (ms, exclusive)");
        DatasetFile file = dataset.files().get(0);
        assertThat(file.name()).isEqualTo("readings");
        assertThat(file.query()).startsWith("select timestamp_ms, value, quality from readings where");
        assertThat(file.key()).containsExactly(new KeyPart("timestamp_ms", false));
        assertThat(file.columns())
                .extracting(Column::name, Column::type, Column::declared)
                .startsWith(tuple("timestamp_ms", ColumnType.INTEGER, false))
                .hasSize(3);
        assertThat(folder.warnings("windrow.yaml"))
                .containsExactly(
                        "windrow.yaml:12: dataset sensor-readings: json, ndjson, xlsx are not available in this version;"
                                + " offered: csv",
                        "windrow.yaml:16: dataset sensor-readings, parameter end_ts: title: a comma ends a text between"
                                + " { and }; put the whole text in quotes",
                        "windrow.yaml:27: dataset sensor-readings, file readings: no unique index is known for the key"
                                + " timestamp_ms; rows with equal keys would fail an export");
    }

    @Test
    void fillsInWhatIsLeftOut() throws InvalidCatalogException {
        folder.file("windrow.yaml", SOURCES + MINIMAL);

        Dataset dataset = only("windrow.yaml");

        assertThat(dataset.title()).isEqualTo("sensors");
        assertThat(dataset.description()).isNull();
        assertThat(dataset.subject()).isNull();
        assertThat(dataset.parameters()).isEmpty();
        assertThat(dataset.counted()).isTrue();
        assertThat(dataset.consistency()).isEqualTo(Consistency.BATCH);
        assertThat(dataset.files().get(0).batchRows()).isEqualTo(DatasetFile.DEFAULT_BATCH_ROWS);
        assertThat(folder.warnings("windrow.yaml")).isEmpty();
    }

    @Test
    void readsEverythingThatAFileMaySay() throws InvalidCatalogException {
        folder.file("windrow.yaml", SOURCES + """
                datasets:
                  readings:
                    source: plant
                    formats: [csv]
                    total: none
                    consistency: snapshot
                    files:
                      - name: readings
                        query: select sensor_id, timestamp_ms, created_at from readings
                        key: [sensor_id DESC, "timestamp_ms asc"]
                        batchRows: 100000
                        columns:
                          - { name: created_at, as: timestamp, title: Created }
                          - { name: sensor_id, title: Sensor }
                """);

        Dataset dataset = only("windrow.yaml");

        assertThat(dataset.counted()).isFalse();
        assertThat(dataset.consistency()).isEqualTo(Consistency.SNAPSHOT);
        assertThat(dataset.files().get(0).batchRows()).isEqualTo(100_000);
        assertThat(dataset.files().get(0).key())
                .containsExactly(new KeyPart("sensor_id", true), new KeyPart("timestamp_ms", false));
        assertThat(dataset.columns())
                .containsExactly(
                        new Column("sensor_id", ColumnType.STRING, false, "Sensor"),
                        new Column("timestamp_ms", ColumnType.INTEGER, false, null),
                        new Column("created_at", ColumnType.TIMESTAMP, true, "Created"));
        assertThat(folder.warnings("windrow.yaml")).isEmpty();
    }

    @Test
    void readsEverythingThatAParameterMaySay() throws InvalidCatalogException {
        folder.file("windrow.yaml", SOURCES + MINIMAL + """
                    parameters:
                      code: { type: string, minLength: 1, maxLength: 3, pattern: "^[a-z]+$", default: no, description: Code }
                      kinds: { type: string, list: true, enum: [off, "1"], default: [off] }
                      ratio: { type: number, minimum: 0.5, maximum: 1e3, default: 5 }
                      deep: { type: boolean, default: true }
                      day: { type: date, default: 2026-01-31 }
                      since: { type: timestamp, default: 2026-01-31T12:00:00Z }
                      until: { type: timestamp, bind: text }
                """);

        List<Parameter> parameters = only("windrow.yaml").parameters();

        assertThat(parameters)
                .extracting(Parameter::defaultValue)
                .containsExactly("no", List.of("off"), 5L, true, "2026-01-31", "2026-01-31T12:00:00Z", null);
        Parameter code = parameters.get(0);
        assertThat(code.minLength()).isEqualTo(1);
        assertThat(code.maxLength()).isEqualTo(3);
        assertThat(code.pattern()).hasToString("^[a-z]+$");
        assertThat(code.description()).isEqualTo("Code");
        assertThat(code.bind()).isNull();
        assertThat(parameters.get(1).list()).isTrue();
        assertThat(parameters.get(1).allowed()).containsExactly("off", "1");
        assertThat(parameters.get(2).minimum()).isEqualByComparingTo(new BigDecimal("0.5"));
        assertThat(parameters.get(2).maximum()).isEqualByComparingTo(new BigDecimal("1000"));
        assertThat(parameters.get(5).bind()).isEqualTo(TimestampBinding.MILLIS);
        assertThat(parameters.get(6).bind()).isEqualTo(TimestampBinding.TEXT);
    }

    @Test
    void warnsOfADefaultThatIsNeverUsed() throws InvalidCatalogException {
        folder.file(
                "windrow.yaml", SOURCES + MINIMAL.replace("from sensors,", "from sensors where name = :code,") + """
                    parameters:
                      code: { type: string, required: true, default: a }
                """);

        assertThat(folder.warnings("windrow.yaml"))
                .contains(
                        "windrow.yaml:10: dataset sensors, parameter code: is required, so its default is never used");
    }

    @Test
    void warnsOfAParameterThatNoQueryUses() throws Exception {
        java.nio.file.Files.createDirectories(folder.path().resolve("media"));
        folder.file("windrow.yaml", SOURCES + """
                datasets:
                  sensors:
                    source: plant
                    formats: [csv]
                    parameters:
                      of_subject: { type: string }
                      of_message: { type: string }
                      of_rows: { type: string }
                      of_header: { type: string }
                      of_media: { type: string }
                      of_none: { type: string }
                    subject:
                      query: select 1 where :of_subject is null
                      notFound: no {of_message}
                    files:
                      - name: sensors
                        query: select sensor_id from sensors where name = :of_rows
                        key: [sensor_id]
                        header: { query: "select 1 as one where :of_header = 1", rows: rows }
                      - name: media
                        attachments: { query: "select name as path from sensors where name = :of_media", root: media }
                  others:
                    source: plant
                    formats: [csv]
                    files:
                      - { name: others, query: "select :of_none as a, sensor_id from sensors", key: [sensor_id] }
                    parameters: { of_none: { type: string } }
                """);

        assertThat(folder.warnings("windrow.yaml"))
                .containsExactly(
                        "windrow.yaml:9: dataset sensors, parameter of_message: no query uses it; write :of_message in"
                                + " one, or remove it",
                        "windrow.yaml:13: dataset sensors, parameter of_none: no query uses it; write :of_none in one, or"
                                + " remove it");
    }

    @Test
    void mergesTheFilesOfAFolderInTheOrderOfTheirNames() throws InvalidCatalogException {
        folder.file("all/b.yml", MINIMAL.replace("  sensors:", "  second:"))
                .file("all/a.yaml", MINIMAL.replace("  sensors:", "  first:"))
                .file("all/sources.yaml", SOURCES.replace("sensors.db", "../sensors.db"))
                .file("all/.hidden.yaml", "not: read")
                .file("all/notes.txt", "not read")
                .file("all/deeper/c.yaml", "not: read");

        assertThat(folder.load("all").catalog().datasets())
                .extracting(Dataset::name)
                .containsExactly("first", "second");
    }

    @Test
    void namesBothPlacesOfWhatIsInAFolderTwice() {
        folder.file("all/a.yaml", SOURCES.replace("sensors.db", "../sensors.db") + MINIMAL)
                .file("all/b.yaml", SOURCES.replace("sensors.db", "../sensors.db") + MINIMAL);

        assertThat(folder.problems("all"))
                .containsExactly(
                        "all/b.yaml:2: source plant: is there already, at all/a.yaml:2; rename or remove one of them",
                        "all/b.yaml:4: dataset sensors: is there already, at all/a.yaml:4; rename or remove one of them");
    }

    @Test
    void putsTheEnvironmentIntoSources() throws InvalidCatalogException {
        folder.variable("DB", "sensors.db").variable("USER_NAME", "ann").variable("EMPTY", "");
        folder.file("windrow.yaml", """
                sources:
                  plant:
                    url: jdbc:sqlite:${DB}?${OPTIONS:date_class=text&journal_mode=wal}
                    username: ${USER_NAME}-${NOBODY:x:y}
                    password: ${EMPTY:not this}
                """ + MINIMAL);

        var source = only("windrow.yaml").source();

        assertThat(source.url())
                .isEqualTo("jdbc:sqlite:" + folder.path().resolve("sensors.db") + "?date_class=text&journal_mode=wal");
        assertThat(source.username()).isEqualTo("ann-x:y");
        assertThat(source.password()).isNull();
    }

    @Test
    void resolvesTheFormOfAnSqliteUrlThatIsAUri() throws InvalidCatalogException {
        folder.file("windrow.yaml", SOURCES.replace("sensors.db", "file:./sensor%73.db?mode=ro") + MINIMAL);

        assertThat(only("windrow.yaml").source().url())
                .isEqualTo("jdbc:sqlite:file:" + folder.path().resolve("sensors.db") + "?mode=ro");
    }

    @Test
    void resolvesTheFileOfAUrlInAnyLettersAsItDoesInSmallOnes() throws InvalidCatalogException {
        folder.file("windrow.yaml", SOURCES.replace("jdbc:sqlite:", "JDBC:SQLite:") + MINIMAL);

        assertThat(only("windrow.yaml").source().url())
                .isEqualTo("jdbc:sqlite:" + folder.path().resolve("sensors.db"));
    }

    @Test
    void reportsAllProblemsInTheOrderOfTheLines() {
        folder.file("windrow.yaml", """
                datasets:
                  readings:
                    source: plnt
                    formats: [csv]
                    formts: [csv]
                    files:
                      - name: readings
                        query: select sensor_id from readings
                        key: [sensor]
                  sensors:
                    source: plant
                    formats: []
                    files:
                      - { name: sensors, query: select nix from sensors, key: [name] }
                sources:
                  plant: { url: "jdbc:sqlite:sensors.db" }
                  away: { url: "jdbc:sqlite:away.db" }
                """);

        assertThat(folder.problems("windrow.yaml"))
                .containsExactly(
                        "windrow.yaml:3: dataset readings: unknown source \"plnt\" (did you mean \"plant\"?)",
                        "windrow.yaml:5: dataset readings: unknown field \"formts\" (did you mean \"formats\"?)",
                        "windrow.yaml:12: dataset sensors: \"formats\" is empty; add formats: [csv]",
                        "windrow.yaml:14: dataset sensors, file sensors: the source refuses the query: [SQLITE_ERROR]"
                                + " SQL error or missing database (no such column: nix); correct the query",
                        "windrow.yaml:17: source away: no SQLite file away.db; correct the path, which is relative to"
                                + " FOLDER (a source is never created)");
        assertThat(folder.path().resolve("away.db")).doesNotExist();
    }

    private Dataset only(String name) throws InvalidCatalogException {
        return folder.load(name).catalog().datasets().iterator().next();
    }
}
