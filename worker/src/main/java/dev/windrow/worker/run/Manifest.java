package dev.windrow.worker.run;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.worker.archive.ReadBack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last entry of every archive, {@code manifest.json}: what is in it, where from, and how to check it. Depends on nothing but the export
 * and its rows. Written a file at a time, since there may be very many. Belongs to one thread.
 */
final class Manifest {
    static final String NAME = "manifest.json";

    /** The platform's line separator must not decide about the archive's bytes. */
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private static final ObjectWriter JSON =
            JsonMapper.shared().writer().with(new DefaultPrettyPrinter().withObjectIndenter(LINES));

    private final Writer out;
    private final JsonGenerator json;

    /** Begins it. Text goes by way of a writer, in which half a surrogate pair becomes a question mark, where a byte generator would throw. */
    private Manifest(OutputStream bytes) {
        this.out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
        this.json = JSON.createGenerator(out);
    }

    /** What makes the bytes, beside the export and its rows. */
    record MadeBy(String generator, String engine) {}

    /**
     * Writes all but the files.
     *
     * @param madeBy the product and version, and the engine that deflates
     * @param bytes takes the manifest; closed with it
     */
    static Manifest begin(Export export, ExportPlan plan, Cutoff cutoff, MadeBy madeBy, OutputStream bytes) {
        ExportRequest request = export.request();
        Manifest manifest = new Manifest(bytes);
        JsonGenerator json = manifest.json;
        json.writeStartObject();
        json.writeStringProperty("generator", madeBy.generator());
        json.writeStringProperty("engine", madeBy.engine());
        json.writeStringProperty("export", export.id().toString());
        json.writeStringProperty("dataset", request.dataset());
        json.writeStringProperty("title", plan.dataset().title());
        json.writeStringProperty("format", request.format().id());
        json.writePOJOProperty("parameters", request.parameters());
        json.writePOJOProperty("options", request.options().shown(request.format()));
        json.writeStringProperty("asOf", cutoff.asOf().toString());
        json.writeArrayPropertyStart("files");
        return manifest;
    }

    void add(Map<String, Object> file) {
        json.writePOJO(file);
    }

    /** Ends it. What the output throws comes as it is or within a {@link JacksonIOException}. */
    void close() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.write('\n');
        out.close();
    }

    /**
     * One file.
     *
     * @param renamed what it was to be called, where it is called otherwise
     * @param missing attachments that could not be copied
     */
    static Map<String, Object> file(
            ReadBack entry,
            long rows,
            List<Column> columns,
            Map<String, Long> counts,
            List<String> renamed,
            List<String> missing) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("name", entry.name());
        file.put("rows", rows);
        file.put("bytes", entry.bytes());
        file.put("sha256", entry.sha256());
        file.put("columns", columns.stream().map(Manifest::column).toList());
        for (String altered : List.of("replaced", "escaped", "truncated")) {
            file.put(altered, counts.getOrDefault(altered, 0L));
        }
        file.put("renamed", renamed);
        file.put("missing", missing);
        return file;
    }

    private static Map<String, String> column(Column column) {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("name", column.name());
        described.put("type", column.type().id());
        return described;
    }
}
