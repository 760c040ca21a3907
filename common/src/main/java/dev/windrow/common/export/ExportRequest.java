package dev.windrow.common.export;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was asked for, after all checks, with defaults filled in.
 *
 * @param parameters effective values in their JSON form
 * @param columns the names chosen of the first file's columns, in the order asked for; not empty
 * @param fileName the archive's name for a download, made safe, with its extension
 */
public record ExportRequest(
        String dataset,
        Format format,
        Map<String, Object> parameters,
        List<String> columns,
        FormatOptions options,
        String fileName) {
    public ExportRequest {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(format, "format");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        columns = List.copyOf(columns);
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(fileName, "fileName");
    }
}
