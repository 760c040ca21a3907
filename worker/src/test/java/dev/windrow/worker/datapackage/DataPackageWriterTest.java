package dev.windrow.worker.datapackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.FileForm.Header;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.options.JsonOptions;
import dev.windrow.worker.archive.ReadBack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DataPackageWriterTest {
    private static final String SHA256 = "ab".repeat(32);
    private static final FileForm ATTACHMENTS = new FileForm(Kind.ATTACHMENTS, null, null, Path.of("/media"));
    private static final List<KeyPart> KEY = List.of(new KeyPart("at", true), new KeyPart("id", false));
    private static final List<Column> COLUMNS = List.of(
            new Column("id", ColumnType.INTEGER, true, "Number"), new Column("at", ColumnType.TIMESTAMP, true, null));

    @Test
    void isTheSameBytesAsEver() throws IOException {
        FormatOptions options = FormatOptions.of(new CsvOptions(true, ';', false, false));
        // Half a surrogate pair, which has no UTF-8.
        String text = described(new DataPackage("readings", "\u00c4 \ud800", Format.CSV, options, true), writer -> {
            writer.add(new ReadBack("Read_ings-2.csv", 42, SHA256), FileForm.ROWS, COLUMNS, KEY);
        });

        assertThat(text).isEqualTo("""
                {
                  "profile" : "tabular-data-package",
                  "name" : "readings",
                  "title" : "\u00c4 ?",
                  "resources" : [ {
                    "profile" : "tabular-data-resource",
                    "name" : "read_ings-2",
                    "path" : "Read_ings-2.csv",
                    "format" : "csv",
                    "mediatype" : "text/csv",
                    "encoding" : "utf-8",
                    "dialect" : {
                      "delimiter" : ";",
                      "lineTerminator" : "\\n",
                      "quoteChar" : "\\"",
                      "doubleQuote" : true,
                      "header" : true
                    },
                    "schema" : {
                      "fields" : [ {
                        "name" : "id",
                        "type" : "integer",
                        "title" : "Number"
                      }, {
                        "name" : "at",
                        "type" : "datetime",
                        "format" : "any"
                      } ],
                      "missingValues" : [ "" ],
                      "primaryKey" : [ "at", "id" ]
                    },
                    "bytes" : 42,
                    "hash" : "sha256:%s"
                  } ]
                }
                """.replace("%s", SHA256));
    }

    @ParameterizedTest
    @CsvSource({
        "CSV, false, string integer number boolean date datetime:any any string:binary any",
        "CSV, true, string integer number boolean date datetime:any any string any",
        "JSON, false, string integer number boolean date datetime:any any string:binary any",
        "NDJSON, false, string integer number boolean date datetime:any any string:binary any",
        "XLSX, false, string integer number boolean date datetime:any any string any",
    })
    void saysForEachTypeWhatTheFileMayHold(Format format, boolean escape, String types) throws IOException {
        List<Column> columns = Stream.of(ColumnType.values())
                .map(type -> new Column(type.id(), type, false, null))
                .toList();
        FormatOptions options = FormatOptions.of(new CsvOptions(false, ',', true, escape));

        JsonNode schema = only(format, options, columns, KEY).get("schema");

        assertThat(schema.get("fields"))
                .extracting(field -> field.get("type").asString()
                        + (field.has("format") ? ":" + field.get("format").asString() : ""))
                .containsExactly(types.split(" "));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void saysHowEachFormatIsRead(Format format) throws IOException {
        JsonNode file = only(format, FormatOptions.DEFAULT, COLUMNS, KEY);

        assertThat(file.get("format").asString()).isEqualTo(format.id());
        assertThat(file.get("mediatype").asString()).isEqualTo(format.mediaType());
        assertThat(file.has("dialect")).isEqualTo(format == Format.CSV);
        assertThat(file.has("profile")).isEqualTo(format == Format.CSV);
        assertThat(file.has("encoding")).isNotEqualTo(format == Format.XLSX);
        // The empty text of JSON is a text.
        assertThat(file.at("/schema/missingValues")).hasSize(format == Format.JSON || format == Format.NDJSON ? 0 : 1);
    }

    @Test
    void namesTheKeyOnlyWhereItsValuesAreInTheFile() throws IOException {
        Column id = COLUMNS.get(0);
        Column at = COLUMNS.get(1);

        assertThat(keyOf(List.of(at, id))).isEqualTo("[\"at\",\"id\"]");
        assertThat(keyOf(List.of(id))).isEmpty();
        assertThat(keyOf(List.of(id, at.maskedAs(Mask.HASH)))).isEmpty();
    }

    @Test
    void namesColumnsAsTheFileDoes() throws IOException {
        List<Column> columns = Stream.of("=sum", "a\";=1+1", "", "plain")
                .map(name -> new Column(name, ColumnType.STRING, false, null))
                .toList();
        List<KeyPart> key = List.of(new KeyPart("=sum", false));
        FormatOptions escaped = FormatOptions.of(new CsvOptions(false, ',', true, true));

        assertThat(fieldNames(only(Format.CSV, escaped, columns, key)))
                .containsExactly("'=sum", "a\";'=1+1", "", "plain");
        assertThat(only(Format.CSV, escaped, columns, key)
                        .at("/schema/primaryKey/0")
                        .asString())
                .isEqualTo("'=sum");
        assertThat(fieldNames(only(Format.CSV, FormatOptions.DEFAULT, columns, key)))
                .containsExactly("=sum", "a\";=1+1", "", "plain");
        assertThat(fieldNames(only(Format.JSON, escaped, columns, key)))
                .containsExactly("=sum", "a\";=1+1", "", "plain");
    }

    @Test
    void hasNoSchemaForWhatIsNoTable() throws IOException {
        FileForm headed = new FileForm(Kind.ROWS, new Header("select 1 as a", COLUMNS, "rows"), null, null);
        JsonNode whole = read(described(about(Format.JSON, false), writer -> {
            writer.add(new ReadBack("rows.json", 1, SHA256), headed, COLUMNS, KEY);
            writer.add(new ReadBack("run.json", 2, SHA256), FileForm.OBJECT, COLUMNS, List.of());
            writer.add(new ReadBack("Media/\u00dc (1)/a.JPG", 3, SHA256), ATTACHMENTS, List.of(), List.of());
            writer.add(new ReadBack("Media/none", 4, SHA256), ATTACHMENTS, List.of(), List.of());
        }));

        assertThat(whole.has("profile")).isFalse();
        assertThat(whole.get("resources"))
                .allSatisfy(file -> assertThat(file.has("schema")).isFalse());
        assertThat(whole.get("resources"))
                .extracting(file -> file.get("name").asString())
                .containsExactly("rows", "run", "media/3", "media/4");
        assertThat(whole.at("/resources/1/format").asString()).isEqualTo("json");
        assertThat(whole.at("/resources/2").propertyNames()).containsExactly("name", "path", "bytes", "hash");
        assertThat(whole.at("/resources/2/path").asString()).isEqualTo("Media/\u00dc (1)/a.JPG");
        assertThat(read(described(
                                about(Format.NDJSON, true),
                                writer -> writer.add(new ReadBack("rows.ndjson", 1, SHA256), headed, COLUMNS, KEY)))
                        .at("/resources/0/schema/fields"))
                .hasSize(2);
    }

    /** Another file in CSV has the profile of tables, and the package has not. */
    @Test
    void isOfTablesOnlyWhereAllFilesAre() throws IOException {
        JsonNode whole = read(described(about(Format.CSV, false), writer -> {
            writer.add(new ReadBack("rows.csv", 1, SHA256), FileForm.ROWS, COLUMNS, KEY);
            writer.add(new ReadBack("run.json", 2, SHA256), FileForm.OBJECT, COLUMNS, List.of());
        }));

        assertThat(whole.has("profile")).isFalse();
        assertThat(whole.at("/resources/0/profile").asString()).isEqualTo("tabular-data-resource");
        assertThat(whole.at("/resources/1").propertyNames())
                .containsExactly("name", "path", "format", "mediatype", "encoding", "bytes", "hash");
    }

    @Test
    void givesEachAttachmentANameThatTheStandardAllows() throws IOException {
        List<String> paths = List.of("Media/a b", "Media/A b", "Media/\u00fc/%20#?.jpg", "Media/1", "photos/a b");
        JsonNode whole = read(described(about(Format.CSV, false), writer -> {
            for (String path : paths) {
                writer.add(new ReadBack(path, 1, SHA256), ATTACHMENTS, List.of(), List.of());
            }
        }));

        assertThat(whole.get("resources"))
                .extracting(file -> file.get("path").asString())
                .isEqualTo(paths);
        assertThat(whole.get("resources"))
                .extracting(file -> file.get("name").asString())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[-a-z0-9._/]+"));
    }

    @Test
    void throwsWhatTheOutputThrows() {
        IOException full = new IOException("full");
        OutputStream output = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw full;
            }
        };
        assertThatThrownBy(() -> {
                    DataPackageWriter writer = new DataPackageWriter(output, about(Format.CSV, true));
                    for (int i = 0; i < 1_000; i++) {
                        writer.add(new ReadBack("rows.csv", 1, SHA256), FileForm.ROWS, COLUMNS, KEY);
                    }
                    writer.end();
                })
                .isSameAs(full);
    }

    @Test
    void callsFieldsAsTheHeaderDoes() throws IOException {
        FormatOptions titles = new FormatOptions(CsvOptions.DEFAULT, JsonOptions.DEFAULT, Headers.TITLES);

        for (Format format : List.of(Format.CSV, Format.XLSX)) {
            JsonNode file = only(format, titles, COLUMNS, KEY);
            assertThat(fieldNames(file)).containsExactly("Number", "at");
            assertThat(file.at("/schema/primaryKey").toString()).isEqualTo("[\"at\",\"Number\"]");
        }
        assertThat(fieldNames(only(Format.JSON, titles, COLUMNS, KEY))).containsExactly("id", "at");
    }

    /** By their titles nobody could tell which is meant. */
    @Test
    void namesNoKeyWhoseColumnHasTheTitleOfAnother() throws IOException {
        FormatOptions titles = new FormatOptions(CsvOptions.DEFAULT, JsonOptions.DEFAULT, Headers.TITLES);
        List<Column> alike =
                List.of(COLUMNS.get(0), COLUMNS.get(1), new Column("other", ColumnType.INTEGER, true, "Number"));

        assertThat(only(Format.CSV, titles, alike, KEY).at("/schema").has("primaryKey"))
                .isFalse();
    }

    private static String keyOf(List<Column> columns) throws IOException {
        return only(Format.CSV, FormatOptions.DEFAULT, columns, KEY)
                .at("/schema/primaryKey")
                .toString();
    }

    private static List<String> fieldNames(JsonNode file) {
        return file.at("/schema/fields")
                .valueStream()
                .map(field -> field.get("name").asString())
                .toList();
    }

    /** What is said of one file of rows. */
    private static JsonNode only(Format format, FormatOptions options, List<Column> columns, List<KeyPart> key)
            throws IOException {
        String text = described(
                new DataPackage("readings", "Readings", format, options, true),
                writer -> writer.add(new ReadBack("rows." + format.id(), 1, SHA256), FileForm.ROWS, columns, key));
        return read(text).at("/resources/0");
    }

    private static DataPackage about(Format format, boolean onlyRows) {
        return new DataPackage("readings", "Readings", format, FormatOptions.DEFAULT, onlyRows);
    }

    @FunctionalInterface
    private interface Files {
        void addTo(DataPackageWriter writer) throws IOException;
    }

    private static String described(DataPackage about, Files files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataPackageWriter writer = new DataPackageWriter(bytes, about);
        files.addTo(writer);
        writer.end();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode read(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
