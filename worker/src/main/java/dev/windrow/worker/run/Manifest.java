package dev.windrow.worker.run;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.worker.archive.ArchiveWriter.ReadBack;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The last entry of every archive, {@code manifest.json}: what is in it, where from, and how to check it. Depends on nothing but the export and its rows. */
final class Manifest {
    static final String NAME = "manifest.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Manifest() {}

    /** What makes the bytes, beside the export and its rows. */
    record MadeBy(String generator, String engine) {}

    /** @param madeBy the product and version, and the engine that deflates */
    static byte[] of(Export export, ExportPlan plan, Cutoff cutoff, List<Map<String, Object>> files, MadeBy madeBy) {
        ExportRequest request = export.request();
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("generator", madeBy.generator());
        manifest.put("engine", madeBy.engine());
        manifest.put("export", export.id().toString());
        manifest.put("dataset", request.dataset());
        manifest.put("title", plan.dataset().title());
        manifest.put("format", request.format().id());
        manifest.put("parameters", request.parameters());
        manifest.put("options", request.options().shown(request.format()));
        manifest.put("asOf", cutoff.asOf().toString());
        manifest.put("files", files);
        // The platform's line separator must not decide about the archive's bytes.
        String text = JSON.writeValueAsString(manifest).replace("\r\n", "\n") + "\n";
        return text.getBytes(StandardCharsets.UTF_8);
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
