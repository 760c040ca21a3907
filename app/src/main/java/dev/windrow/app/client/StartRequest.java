package dev.windrow.app.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to export, as the user says it.
 *
 * @param format null for the dataset's first one
 * @param parameters texts by name; more than one, or several parted by commas, for a list
 * @param columns which, in this order; empty for all
 */
public record StartRequest(
        String dataset, @Nullable String format, Map<String, List<String>> parameters, List<String> columns) {
    public StartRequest {
        parameters = Map.copyOf(parameters);
        columns = List.copyOf(columns);
    }
}
