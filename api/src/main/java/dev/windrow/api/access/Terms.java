package dev.windrow.api.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a minted token ties its bearer's starts to. Null leaves that to the start.
 *
 * @param parameters locked: a start that leaves one out gets it, one that says otherwise is refused; may be empty
 * @param columns that a start may choose
 * @param formats that a start may choose, by their ids
 * @param maxRows most rows of an export
 * @param origin the page whose requests alone may use the token, as a browser writes {@code Origin}
 */
public record Terms(
        Map<String, Object> parameters,
        @Nullable List<String> columns,
        @Nullable List<String> formats,
        @Nullable Long maxRows,
        @Nullable String origin) {
    /** Ties to nothing. */
    public static final Terms NONE = new Terms(Map.of(), null, null, null, null);

    public Terms {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        columns = columns == null ? null : List.copyOf(columns);
        formats = formats == null ? null : List.copyOf(formats);
    }
}
