package dev.windrow.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to export, as the user says it.
 *
 * @param format null for the dataset's first one
 * @param parameters texts by name; more than one, or several parted by commas, for a list
 * @param columns which, in this order; empty for all
 * @param options texts by format and name, as {@code csv.profile}, or by the name alone of one that several formats
 *     have, as {@code headers}
 */
public record StartRequest(
        String dataset,
        @Nullable String format,
        Map<String, List<String>> parameters,
        List<String> columns,
        Map<String, String> options) {
    public StartRequest {
        parameters = Map.copyOf(parameters);
        columns = List.copyOf(columns);
        options = Map.copyOf(options);
    }

    /** Without options. */
    public StartRequest(
            String dataset, @Nullable String format, Map<String, List<String>> parameters, List<String> columns) {
        this(dataset, format, parameters, columns, Map.of());
    }
}
