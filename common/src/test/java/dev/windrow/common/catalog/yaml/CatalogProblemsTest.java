package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Unit;
import dev.windrow.common.catalog.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One broken catalog for each problem: a sound one with one piece replaced. */
class CatalogProblemsTest {
    private static final String SOUND = """
            sources:
              plant:
                url: jdbc:sqlite:sensors.db
            datasets:
              readings:
                title: Readings
                source: plant
                formats: [csv]
                parameters:
                  sensor: { type: string }
                subject:
                  query: select 1 from sensors where sensor_id = :sensor
                  notFound: no {sensor}
                files:
                  - name: readings
                    query: select sensor_id, timestamp_ms, value from readings where sensor_id = :sensor
                    key: [sensor_id, timestamp_ms]
            """;
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
    private static final String SOURCE = "source plant: ";
    private static final String DATASET = "dataset readings: ";
    private static final String PARAMETER = "dataset readings, parameter sensor: ";
    private static final String FILE = "dataset readings, file readings: ";
    private static final String WITHIN = "dataset readings, file readings, ";

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

    @ParameterizedTest(name = "{1}")
    @MethodSource({"structure", "sources", "datasets", "parameters", "subjects", "files", "columns"})
    void tellsFileLineAndMend(String piece, String broken, List<String> problems) {
        assertThat(SOUND).contains(piece);
        folder.file("windrow.yaml", SOUND.replace(piece, broken));

        assertThat(folder.problems("windrow.yaml")).containsExactlyElementsOf(problems);
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                broken(
                        "title: Readings",
                        "titel: Readings",
                        "6: " + DATASET + "unknown field \"titel\" (did you mean \"title\"?)"),
                broken(
                        "    url:",
                        "    zebra: 1\n    url:",
                        "3: " + SOURCE + "unknown field \"zebra\"; there are url, username, password"),
                broken(
                        "sources:",
                        "source:",
                        "1: unknown field \"source\" (did you mean \"sources\"?)",
                        "7: " + DATASET + "unknown source \"plant\"; there are none"),
                broken(
                        "    title: Readings",
                        "    title: Readings\n    title: More",
                        "7: " + DATASET + "\"title\" is there already, in line 6; remove one of them"),
                broken(
                        "      sensor: { type: string }",
                        "      sensor: { type: string }\n      sensor: { type: date }",
                        "11: " + DATASET + "\"sensor\" is there already, in line 10; remove one of them"),
                broken(
                        "    title: Readings",
                        "    <<: { title: Readings }",
                        "6: " + DATASET + "merge keys (<<) are not supported; write the fields out"),
                broken(
                        "    title: Readings",
                        "    ? [a]\n    : b",
                        "6: " + DATASET + "expected a name before the colon, not a list"),
                broken("title: Readings", "title: [Readings]", "6: " + DATASET + "title: expected a text, not a list"),
                broken(
                        "{ type: string }",
                        "string",
                        "10: " + PARAMETER + "expected \"name: value\" lines, indented below it, not a text",
                        "12: dataset readings, subject: the source refuses the query: no parameter :sensor; correct the query",
                        "13: dataset readings, subject: notFound names the unknown parameter {sensor}; there are none",
                        "16: " + FILE + "the source refuses the query: no parameter :sensor; correct the query"),
                broken(
                        "title: Readings",
                        "title: !secret Readings",
                        "6: tags are not supported; put a value that begins with ! in quotes"),
                broken(
                        "title: Readings",
                        "title: a: b",
                        "6: not valid YAML: mapping values are not allowed here; check the indentation and the quotes"
                                + " here and above"),
                broken(
                        "    title: Readings",
                        "\ttitle: Readings",
                        "6: not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for"
                                + " indentation); check the indentation and the quotes here and above"),
                broken(
                        "title: Readings",
                        "title: *readings",
                        "6: not valid YAML: an alias without its anchor; put a value that begins with * in quotes"),
                broken(
                        "title: Readings",
                        "title: !a!b Readings",
                        "6: not valid YAML: an unknown tag; put a value that begins with ! in quotes"),
                broken(
                        "title: Readings",
                        "title: Read\u0001ings",
                        "6: not valid YAML: the character U+0001 is not allowed; remove it"));
    }

    static Stream<Arguments> sources() {
        return Stream.of(
                broken(
                        "    url: jdbc:sqlite:sensors.db",
                        "    password: x",
                        "2: " + SOURCE + "no \"url\"; add url: jdbc:…"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "sensors.db",
                        "3: " + SOURCE + "url is not a JDBC URL; begin it with jdbc:, as in jdbc:sqlite:file.db"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "jdbc:SQLite:more/sensor.db?cache_size=2000",
                        "3: " + SOURCE
                                + "no SQLite file more/sensor.db; correct the path, which is relative to FOLDER (a"
                                + " source is never created)"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "'jdbc:sqlite::memory:'",
                        "3: " + SOURCE + "only a file can be an SQLite source; write jdbc:sqlite:path/to/file.db"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "jdbc:sqlite:file:x?mode=memory",
                        "3: " + SOURCE + "only a file can be an SQLite source; write jdbc:sqlite:path/to/file.db"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "jdbc:sqlite:file:sensors%zz.db",
                        "3: " + SOURCE + "not the path of a file: file:sensors%zz.db; correct it"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "jdbc:sqlite:${SENSORS}",
                        "3: " + SOURCE
                                + "the environment variable SENSORS is not set; set it, or write ${SENSORS:default}"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "jdbc:sqlite:${SEN-SORS}",
                        "3: " + SOURCE + "a \"${\" that begins no variable; write ${NAME} or ${NAME:default}"),
                broken(
                        "sqlite:sensors.db",
                        "h2:mem:x;INIT=RUNSCRIPT FROM 'hunter2'",
                        "3: " + SOURCE + "a database is SQLite (jdbc:sqlite:FILE) or PostgreSQL"
                                + " (jdbc:postgresql://HOST/DATABASE), not jdbc:h2:; name one of these"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "'jdbc:sqlite::resource:http://evil.example/x.db'",
                        "3: " + SOURCE + "only a file can be an SQLite source; write jdbc:sqlite:path/to/file.db"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "'JDBC:SQLITE::memory:'",
                        "3: " + SOURCE + "only a file can be an SQLite source; write jdbc:sqlite:path/to/file.db"),
                broken(
                        "jdbc:sqlite:sensors.db",
                        "jdbc:sqlite:sensors.db?password=hunter2&enable_load_extension=true",
                        "3: " + SOURCE + "option \"password\" of the URL is not let through; leave it out (there are:"
                                + " busy_timeout, cache_size, case_sensitive_like, date_class, date_precision,"
                                + " date_string_format, foreign_keys, immutable, journal_mode, journal_size_limit, mode,"
                                + " synchronous, temp_store)"),
                broken(
                        "plant",
                        "pl.ant",
                        "2: source pl.ant: not a name of a source; use 1 to 64 of a-z, A-Z, 0-9, \"-\" and \"_\""));
    }

    static Stream<Arguments> datasets() {
        String known = "; there are csv, json, ndjson, xlsx";
        return Stream.of(
                broken(
                        "  readings:",
                        "  Readings:",
                        "5: dataset Readings: not a name of a dataset; use 1 to 64 of a-z, 0-9 and \"-\""),
                broken(
                        "    source: plant\n",
                        "",
                        "5: " + DATASET + "no \"source\"; add the name of one of the sources"),
                broken(
                        "source: plant",
                        "source: plnt",
                        "7: " + DATASET + "unknown source \"plnt\" (did you mean \"plant\"?)"),
                broken("    formats: [csv]\n", "", "5: " + DATASET + "no \"formats\"; add formats: [csv]"),
                broken("[csv]", "[]", "8: " + DATASET + "\"formats\" is empty; add formats: [csv]"),
                broken("[csv]", "csv", "8: " + DATASET + "formats: expected a list, such as [a, b], not a text"),
                broken("[csv]", "[csv, cvs]", "8: " + DATASET + "unknown format \"cvs\" (did you mean \"csv\"?)"),
                broken("[csv]", "[csv, parquet]", "8: " + DATASET + "unknown format \"parquet\"" + known),
                broken("[csv]", "[csv, csv]", "8: " + DATASET + "format csv is there twice; remove one of them"),
                broken("[csv]", "[csv, [json]]", "8: " + DATASET + "unknown format a list" + known),
                broken(
                        "[csv]",
                        "[json, xlsx]",
                        "8: " + DATASET + "json, xlsx are not available in this version; add csv"),
                broken(
                        "title: Readings",
                        "total: cnt",
                        "6: " + DATASET + "unknown total \"cnt\"; there are count, none"),
                broken(
                        "title: Readings",
                        "consistency: snap",
                        "6: " + DATASET + "unknown consistency \"snap\"; there are batch, snapshot"));
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                parameter(
                        "title: Sensor", "no \"type\"; add a type: string, integer, number, boolean, date, timestamp"),
                parameter("type: strng", "unknown type \"strng\" (did you mean \"string\"?)"),
                parameter(
                        "type: uuid",
                        "unknown type \"uuid\"; there are string, integer, number, boolean, date, timestamp"),
                parameter("type: string, max: 3", "unknown field \"max\"" + PARAMETER_FIELDS),
                parameter("type: string, required: yes", "required: expected true or false, not a text"),
                parameter("type: string, maxLength: -1", "maxLength: expected an integer from 0 to 2147483647"),
                parameter("type: string, maxLength: '5'", "maxLength: expected an integer from 0 to 2147483647"),
                parameter("type: string, minLength: 5, maxLength: 4", "minLength is above maxLength; swap them"),
                parameter(
                        "type: string, pattern: '(a'", "pattern is no regular expression: Unclosed group; correct it"),
                parameter(
                        "type: string, minimum: 5",
                        "minimum is for type integer or number, not string; remove it or change the type"),
                parameter(
                        "type: date, pattern: a", "pattern is for type string, not date; remove it or change the type"),
                parameter(
                        "type: date, bind: text", "bind is for type timestamp, not date; remove it or change the type"),
                parameter("type: timestamp, bind: milis", "unknown bind \"milis\" (did you mean \"millis\"?)"),
                parameter("type: integer, minimum: a", "minimum: expected a number, not a text"),
                parameter("type: integer, minimum: 0.5", "minimum: expected an integer, as the type is; write one"),
                parameter("type: integer, minimum: 5, maximum: 4", "minimum is above maximum; swap them"),
                parameter("type: boolean, list: true", "a list of booleans has no use; remove list or change the type"),
                parameter("type: string, enum: []", "\"enum\" is empty; add values or remove it"),
                parameter("type: string, enum: a", "enum: expected a list, such as [a, b], not a text"),
                parameter("type: string, enum: [a, a]", "enum has a twice; remove one of them"),
                parameter("type: number, enum: [1, 1.0]", "enum has 1 twice; remove one of them"),
                parameter("type: integer, enum: [1, null]", "enum: a null is no value; remove it"),
                parameter(
                        "type: string, enum: [a, 1]",
                        "enum does not fit: expected a string, not an integer; put it in quotes"),
                parameter(
                        "type: integer, enum: [1, b]",
                        "enum does not fit: expected an integer, not a string; correct it"),
                parameter("type: integer, maximum: 5, enum: [6]", "enum does not fit: expected at most 5; correct it"),
                parameter(
                        "type: string, default: 5",
                        "default does not fit: expected a string, not an integer; put it in quotes"),
                parameter(
                        "type: integer, default: '5'",
                        "default does not fit: expected an integer, not a string; correct it"),
                parameter(
                        "type: integer, default: 6, maximum: 5",
                        "default does not fit: expected at most 5; correct it"),
                parameter(
                        "type: string, default: b, enum: [a]",
                        "default does not fit: expected one of \"a\"; correct it"),
                parameter(
                        "type: date, default: 2026-02-29",
                        "default does not fit: expected a date such as \"2026-01-31\"; correct it"),
                parameter(
                        "type: string, default: { a: b }",
                        "default does not fit: expected a string, not an object; correct it"),
                parameter(
                        "type: string, list: true, default: a",
                        "default does not fit: expected a list of string values, not a string; correct it"),
                parameter(
                        "type: integer, list: true, default: [1, b, c]",
                        "default does not fit: expected an integer, not a string; correct it",
                        "default does not fit: expected an integer, not a string; correct it"),
                broken(
                        "parameters:\n",
                        "parameters:\n      principal: { type: string }\n",
                        "10: dataset readings, parameter principal: this name is the caller's and always there; remove the"
                                + " parameter or rename it"),
                broken(
                        "parameters:\n",
                        "parameters:\n      a-b: { type: string }\n",
                        "10: dataset readings, parameter a-b: not a name of a parameter; use letters, digits and \"_\", a"
                                + " letter first"));
    }

    private static final String PARAMETER_FIELDS = "; there are type, required, default, title, description, minLength,"
            + " maxLength, pattern, minimum, maximum, enum, list, bind";

    static Stream<Arguments> subjects() {
        String subject = "dataset readings, subject: ";
        return Stream.of(
                broken(
                        "      notFound: no {sensor}\n",
                        "",
                        "11: " + subject + "no \"notFound\"; add what the caller is told when there is no row"),
                broken(
                        "      query: select 1 from sensors where sensor_id = :sensor\n",
                        "",
                        "11: " + subject + "no \"query\"; add the query that must give a row"),
                broken(
                        "no {sensor}",
                        "no {sensr}",
                        "13: " + subject + "notFound names the unknown parameter {sensr} (did you mean \"sensor\"?)"),
                broken(
                        "from sensors",
                        "from sensor",
                        "12: " + subject
                                + "the source refuses the query: [SQLITE_ERROR] SQL error or missing database (no"
                                + " such table: sensor); correct the query"));
    }

    static Stream<Arguments> files() {
        String taken = "use 1 to 64 of a-z, A-Z, 0-9, \"-\" and \"_\", as in readings";
        return Stream.of(
                broken(
                        "    files:\n",
                        "    files: []\n    xfiles:\n",
                        "14: " + DATASET + "\"files\" is empty; add a file with name, query and key",
                        "15: " + DATASET + "unknown field \"xfiles\" (did you mean \"files\"?)"),
                broken(
                        "- name: readings\n        query",
                        "- query",
                        "15: dataset readings, file 1: no \"name\"; add the file's name, without an extension"),
                broken(
                        "name: readings",
                        "name: ../readings",
                        "15: dataset readings, file 1: the name \"../readings\" is no safe file name; " + taken),
                broken(
                        "name: readings",
                        "name: Manifest",
                        "15: dataset readings, file 1: the name \"Manifest\" is taken; " + taken),
                broken(
                        "    files:\n",
                        "    files:\n      - { name: READINGS, query: select sensor_id from sensors, key: [sensor_id] }\n",
                        "16: " + FILE + "another file has this name; rename one of them"),
                broken(
                        "key: [sensor_id, timestamp_ms]",
                        "batchRows: 10",
                        "15: " + FILE
                                + "no \"key\"; add the columns that order the rows, unique together, as in key: [id]"),
                broken(
                        "[sensor_id, timestamp_ms]",
                        "[]",
                        "17: " + FILE
                                + "\"key\" is empty; add the columns that order the rows, unique together, as in key: [id]"),
                broken(
                        "[sensor_id, timestamp_ms]",
                        "sensor_id",
                        "17: " + FILE + "key: expected a list, such as [a, b], not a text"),
                broken(
                        "[sensor_id, timestamp_ms]",
                        "[{ sensor_id: desc }]",
                        "17: " + FILE + "key: expected columns, as in [created_at desc, id]; correct it"),
                broken(
                        "[sensor_id, timestamp_ms]",
                        "[sensor_id, timestamp desc]",
                        "17: " + FILE + "the key's timestamp is no column of the query (did you mean"
                                + " \"timestamp_ms\"?)"),
                broken(
                        "[sensor_id, timestamp_ms]",
                        "[sensor_id, created DESC]",
                        "17: " + FILE
                                + "the key's created is no column of the query; there are sensor_id, timestamp_ms,"
                                + " value"),
                broken(
                        "[sensor_id, timestamp_ms]",
                        "[sensor_id, timestamp_ms, sensor_id desc]",
                        "17: " + FILE + "key has the column sensor_id twice; remove one of them"),
                broken(
                        "query: select sensor_id, timestamp_ms, value from readings where sensor_id = :sensor",
                        "batchRows: 0",
                        "15: " + FILE + "no \"query\"; add the query that gives the rows",
                        "16: " + FILE + "batchRows: expected an integer from 1 to 100000"),
                broken(
                        "key: [sensor_id, timestamp_ms]",
                        "key: [sensor_id, timestamp_ms]\n        batchRows: 100001",
                        "18: " + FILE + "batchRows: expected an integer from 1 to 100000"),
                broken(
                        "query: select sensor_id,",
                        "query: ' '\n        shape: object\n        x: y",
                        "16: " + FILE + "no \"query\"; add the query that gives the rows",
                        "18: " + FILE + "unknown field"
                                + " \"x\"; there are name, query, key, batchRows, columns, shape, header, expand, attachments",
                        "19: " + FILE + "key has no meaning beside shape object; remove it"),
                broken(
                        "query: select sensor_id, timestamp_ms, value from readings where sensor_id = :sensor\n        key:"
                                + " [sensor_id, timestamp_ms]",
                        "attachments: { query: select name from sensors, root: media }",
                        "16: " + WITHIN + "attachments: there is no folder \"media\"; correct root",
                        "16: " + FILE + "attachments can't be the first file; put one with rows before it",
                        "16: " + FILE + "the query of attachments gives no column path; there are name"),
                broken(
                        "key: [sensor_id, timestamp_ms]",
                        "key: [sensor_id, timestamp_ms]\n        header: { query: select name from sensors, rows: name }"
                                + "\n        expand: { column: valu, fields: [a, a] }",
                        "18: " + WITHIN
                                + "header: the query has a column name, as the rows are named; rename one of them",
                        "19: " + WITHIN
                                + "expand: fields: expected names, each once and none of them _extra; correct it",
                        "19: " + WITHIN + "expand: valu is no column of the query (did you mean \"value\"?)"),
                broken(
                        "key: [sensor_id, timestamp_ms]",
                        "key: [sensor_id, timestamp_ms]\n        expand: { column: value, fields: [sensor_id] }",
                        "18: " + WITHIN
                                + "expand: the query has a column sensor_id besides; give that one another alias"),
                broken(
                        "key: [sensor_id, timestamp_ms]",
                        "key: [sensor_id, timestamp_ms]\n        expand: { column: value, rows: 0 }",
                        "18: " + WITHIN + "expand: rows: expected an integer from 1 to 10000"),
                broken(
                        "key: [sensor_id, timestamp_ms]",
                        "key: [sensor_id, timestamp_ms]\n        expand: { column: value, rows: 10001 }",
                        "18: " + WITHIN + "expand: rows: expected an integer from 1 to 10000"),
                broken(
                        "key: [sensor_id, timestamp_ms]",
                        "key: [sensor_id, timestamp_ms]\n        expand: { column: value, fields: [a], rows: 10 }",
                        "18: " + WITHIN + "expand: rows has no meaning beside fields, which are not learnt; remove it"),
                broken(
                        "files:",
                        "files:\n      - { name: readings-37, query: select name from sensors, key: [name] }",
                        "15: dataset readings, file readings-37: readings-37 is what a part of readings would be called;"
                                + " rename one of them"));
    }

    static Stream<Arguments> columns() {
        String query = "select sensor_id, timestamp_ms, value";
        String key = "key: [sensor_id, timestamp_ms]";
        String columns = "dataset readings, file readings, columns: ";
        return Stream.of(
                broken(
                        "timestamp_ms, value from readings where sensor_id = :sensor",
                        "timestamp_ms, valu from readings where sensor_id = :sensr",
                        "16: " + FILE + "the source refuses the query: no parameter :sensr; correct the query"),
                broken(
                        query,
                        query + ", value",
                        "16: " + FILE + "columns 3 and 4 of the query are both named value; give one an alias"),
                broken(
                        query,
                        query + ", 1 as VALUE",
                        "16: " + FILE
                                + "columns 3 and 4 of the query are value and VALUE, one name to the source; give one"
                                + " another alias"),
                broken(
                        key,
                        "key: [SENSOR_ID, timestamp_ms]",
                        "17: " + FILE + "the key's SENSOR_ID is no column of the query (did you mean \"sensor_id\"?)"),
                broken(
                        key,
                        key + "\n        columns: [{ name: Value, as: number }]\n        expand: { column: VALUE }",
                        "18: " + FILE + "columns names Value, no column of the query (did you mean \"value\"?)",
                        "19: " + WITHIN + "expand: VALUE is no column of the query (did you mean \"value\"?)"),
                broken(
                        key,
                        key + "\n        header: { query: select name, 1 as Name from sensors, rows: rows }",
                        "18: " + WITHIN
                                + "header: columns 1 and 2 of the query are name and Name, one name to the source;"
                                + " give one another alias"),
                broken(
                        query,
                        query + ", 1 as \"\"",
                        "16: " + FILE + "column 4 of the query has no name; give it an alias"),
                broken(
                        key,
                        key + "\n        columns:\n          - { name: valu, as: number }",
                        "19: " + FILE + "columns names valu, no column of the query (did you mean \"value\"?)"),
                broken(
                        key,
                        key + "\n        columns:\n          - { name: value, as: nmber }",
                        "19: " + columns + "unknown type \"nmber\" (did you mean \"number\"?)"),
                broken(
                        key,
                        key + "\n        columns: [{ name: value, as: any }]",
                        "18: " + columns + "unknown type \"any\"; there are string, integer, number, boolean, date,"
                                + " timestamp, json, bytes"),
                broken(
                        key,
                        key + "\n        columns:\n          - { as: number }",
                        "19: " + columns + "no \"name\"; add the name of a column of the query"),
                broken(
                        key,
                        key + "\n        columns:\n          - { name: value }\n          - { name: value, title: V }",
                        "20: " + FILE + "columns has value twice; remove one of them"));
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
                .containsExactly("windrow.yaml:10: " + PARAMETER
                        + "default does not fit: expected a string, not a list; correct it");
    }

    private static Arguments broken(String piece, String replacement, String... problems) {
        return arguments(
                piece,
                replacement,
                Arrays.stream(problems).map(text -> "windrow.yaml:" + text).toList());
    }

    private static Arguments parameter(String fields, String... problems) {
        return broken(
                "{ type: string }",
                "{ " + fields + " }",
                Arrays.stream(problems).map(text -> "10: " + PARAMETER + text).toArray(String[]::new));
    }
}
