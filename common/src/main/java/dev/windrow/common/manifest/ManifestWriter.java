package dev.windrow.common.manifest;

import dev.windrow.common.manifest.ManifestFile.Altered;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a manifest a file at a time. What the output throws comes as it was. Not thread-safe.
 *
 * <p>It is no {@link AutoCloseable}: after a failure half a manifest must not be ended as if it were whole.
 */
public final class ManifestWriter {
    /** The platform's line separator must not decide about the archive's bytes. */
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private static final ObjectWriter JSON =
            JsonMapper.shared().writer().with(new DefaultPrettyPrinter().withObjectIndenter(LINES));

    private final Writer out;
    private final JsonGenerator json;

    /**
     * Begins it.
     *
     * @param bytes takes the manifest; closed by {@link #end}
     */
    public ManifestWriter(OutputStream bytes, Manifest manifest) throws IOException {
        // By way of a writer, in which half a surrogate pair becomes a question mark, where a byte generator would
        // throw.
        this.out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        this.json = JSON.createGenerator(out);
        try {
            begin(manifest);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private void begin(Manifest manifest) {
        json.writeStartObject();
        json.writeStringProperty("generator", manifest.madeBy().generator());
        json.writeStringProperty("engine", manifest.madeBy().engine());
        json.writeStringProperty("export", manifest.origin().export());
        json.writeStringProperty("dataset", manifest.origin().dataset());
        json.writeStringProperty("title", manifest.origin().title());
        json.writeStringProperty("format", manifest.format());
        json.writePOJOProperty("parameters", manifest.parameters());
        json.writePOJOProperty("options", manifest.options());
        json.writeStringProperty("asOf", manifest.asOf().toString());
        json.writeArrayPropertyStart("files");
    }

    /** Writes one file, in the order of the archive. */
    public void add(ManifestFile file, Altered altered) throws IOException {
        try {
            write(file, altered);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private void write(ManifestFile file, Altered altered) {
        json.writeStartObject();
        json.writeStringProperty("name", file.name());
        json.writeNumberProperty("rows", file.rows());
        json.writeNumberProperty("bytes", file.bytes());
        json.writeStringProperty("sha256", file.sha256());
        json.writeArrayPropertyStart("columns");
        for (ManifestFile.Column column : file.columns()) {
            json.writeStartObject();
            json.writeStringProperty("name", column.name());
            json.writeStringProperty("type", column.type());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("replaced", altered.replaced());
        json.writeNumberProperty("escaped", altered.escaped());
        json.writeNumberProperty("truncated", altered.truncated());
        json.writeArrayPropertyStart("masked");
        for (ManifestFile.Masked masked : altered.masked()) {
            json.writeStartObject();
            json.writeStringProperty("column", masked.column());
            json.writeStringProperty("as", masked.as());
            json.writeEndObject();
        }
        json.writeEndArray();
        names("renamed", altered.renamed());
        names("missing", altered.missing());
        json.writeEndObject();
    }

    private void names(String field, List<String> names) {
        json.writeArrayPropertyStart(field);
        names.forEach(json::writeString);
        json.writeEndArray();
    }

    /** Ends it and closes the output. */
    public void end() throws IOException {
        try {
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        out.write('\n');
        out.close();
    }
}
