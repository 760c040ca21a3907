package dev.windrow.worker.datapackage;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.worker.archive.ReadBack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a description a file at a time, as Data Package v1 has it (https://specs.frictionlessdata.io). What the output
 * throws comes as it was. Not thread-safe.
 *
 * <ul>
 *   <li>A file of rows has a Table Schema. CSV alone is tabular data by the standard's own profile.
 *   <li>A file that is one JSON object (a row, or rows with a header around them) and an attachment are files and no
 *       tables.
 *   <li>Paths are the entries' names, which are as the standard wants them: relative, and without {@code ..}.
 * </ul>
 *
 * <p>It is no {@link AutoCloseable}: after a failure half a description must not be ended as if it were whole.
 */
public final class DataPackageWriter {
    /** The platform's line separator must not decide about the archive's bytes. */
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private static final ObjectWriter JSON =
            JsonMapper.shared().writer().with(new DefaultPrettyPrinter().withObjectIndenter(LINES));

    private final DataPackage about;
    private final Writer out;
    private final JsonGenerator json;
    private long files;
    private List<Column> lastColumns = List.of();
    private List<TableField> lastFields = List.of();

    /**
     * Begins it.
     *
     * @param bytes takes the description; closed by {@link #end}
     */
    public DataPackageWriter(OutputStream bytes, DataPackage about) throws IOException {
        this.about = about;
        // By way of a writer, in which half a surrogate pair becomes a question mark, where a byte generator would
        // throw.
        this.out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        this.json = JSON.createGenerator(out);
        written(this::begin);
    }

    private void begin() {
        json.writeStartObject();
        if (about.format() == Format.CSV && about.onlyRows()) {
            json.writeStringProperty("profile", "tabular-data-package");
        }
        json.writeStringProperty("name", about.dataset());
        json.writeStringProperty("title", about.title());
        json.writeArrayPropertyStart("resources");
    }

    /**
     * Writes one file, in the order of the archive.
     *
     * @param form of the dataset's file that it is of
     * @param columns that it has, as they are in it
     * @param key of the dataset's file
     */
    public void add(ReadBack file, FileForm form, List<Column> columns, List<KeyPart> key) throws IOException {
        written(() -> {
            files++;
            json.writeStartObject();
            switch (form.kind()) {
                case ROWS -> rows(file, form, columns, key);
                case OBJECT -> object(file);
                case ATTACHMENTS -> attachment(file);
            }
            json.writeNumberProperty("bytes", file.bytes());
            json.writeStringProperty("hash", "sha256:" + file.sha256());
            json.writeEndObject();
        });
    }

    private void rows(ReadBack file, FileForm form, List<Column> columns, List<KeyPart> key) {
        if (about.format() == Format.JSON && form.header() != null) {
            object(file);
            return;
        }
        if (about.format() == Format.CSV) {
            json.writeStringProperty("profile", "tabular-data-resource");
        }
        named(file);
        of(about.format());
        if (about.format() == Format.CSV) {
            dialect(about.options().csv());
        }
        schema(columns, key);
    }

    private void object(ReadBack file) {
        named(file);
        of(Format.JSON);
    }

    /** Its folder is the dataset's, and its name anything: its number alone tells it from all others. */
    private void attachment(ReadBack file) {
        String name = file.name();
        identified(name.substring(0, name.indexOf('/') + 1) + files, name);
    }

    /** By its name without the extension, which no other file of the dataset has, whatever the case. */
    private void named(ReadBack file) {
        String name = file.name();
        identified(name.substring(0, name.lastIndexOf('.')), name);
    }

    private void identified(String name, String path) {
        json.writeStringProperty("name", name.toLowerCase(Locale.ROOT));
        json.writeStringProperty("path", path);
    }

    private void of(Format format) {
        json.writeStringProperty("format", format.id());
        json.writeStringProperty("mediatype", format.mediaType());
        if (format != Format.XLSX) {
            json.writeStringProperty("encoding", "utf-8");
        }
    }

    private void dialect(CsvOptions csv) {
        json.writeObjectPropertyStart("dialect");
        json.writeStringProperty("delimiter", String.valueOf(csv.delimiter()));
        json.writeStringProperty("lineTerminator", csv.crlf() ? "\r\n" : "\n");
        json.writeStringProperty("quoteChar", "\"");
        json.writeBooleanProperty("doubleQuote", true);
        json.writeBooleanProperty("header", true);
        json.writeEndObject();
    }

    private void schema(List<Column> columns, List<KeyPart> key) {
        json.writeObjectPropertyStart("schema");
        List<TableField> fields = fields(columns);
        json.writeArrayPropertyStart("fields");
        fields.forEach(this::field);
        json.writeEndArray();
        // In JSON null is null, and the empty text a text.
        boolean emptyIsMissing = about.format() == Format.CSV || about.format() == Format.XLSX;
        texts("missingValues", emptyIsMissing ? List.of("") : List.of());
        List<String> names = key.stream()
                .flatMap(part -> columns.stream().filter(column -> shows(column, part)))
                .map(column -> fields.get(columns.indexOf(column)).name())
                .filter(name -> fields.stream()
                                .filter(field -> field.name().equals(name))
                                .count()
                        == 1)
                .toList();
        if (names.size() == key.size()) {
            texts("primaryKey", names);
        }
        json.writeEndObject();
    }

    /** Files in parts have one list of columns, maybe a long one. */
    private List<TableField> fields(List<Column> columns) {
        if (!columns.equals(lastColumns)) {
            lastColumns = columns;
            lastFields = columns.stream()
                    .map(column -> TableField.of(column, about.format(), about.options()))
                    .toList();
        }
        return lastFields;
    }

    private void field(TableField field) {
        json.writeStartObject();
        json.writeStringProperty("name", field.name());
        json.writeStringProperty("type", field.type());
        optional("format", field.format());
        optional("title", field.title());
        json.writeEndObject();
    }

    private void optional(String property, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(property, value);
        }
    }

    /** Whether the column has the values of that part of the rows' key. */
    private static boolean shows(Column column, KeyPart part) {
        return column.name().equals(part.column()) && column.masked() == null;
    }

    private void texts(String property, List<String> texts) {
        json.writeArrayPropertyStart(property);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    /** Ends it and closes the output. */
    public void end() throws IOException {
        written(() -> {
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
        });
        out.write('\n');
        out.close();
    }

    private static void written(Runnable part) throws IOException {
        try {
            part.run();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }
}
