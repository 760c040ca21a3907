package dev.windrow.api.access;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.ExportRequest;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    /** Whether a start may choose that column, by its name. */
    public boolean giveColumn(String name) {
        return columns == null || columns.contains(name);
    }

    /** Whether a start may choose that format. */
    public boolean giveFormat(Format format) {
        return formats == null || formats.contains(format.id());
    }

    /**
     * Whether an export is one that these terms could have started. The bearer sees no other, though it is the same
     * principal's: a token for one shop shows nothing of another.
     */
    public boolean allow(ExportRequest request) {
        return parameters.entrySet().stream()
                        .allMatch(lock ->
                                isSame(lock.getValue(), request.parameters().get(lock.getKey())))
                && request.columns().stream().allMatch(this::giveColumn)
                && giveFormat(request.format());
    }

    /** As JSON has it: 5 and 5.0 are one number. */
    private static boolean isSame(Object lock, @Nullable Object value) {
        if (lock instanceof Number one && value instanceof Number other) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        if (!(lock instanceof List<?> ones) || !(value instanceof List<?> others)) {
            return lock.equals(value);
        }
        return ones.size() == others.size()
                && IntStream.range(0, ones.size()).allMatch(i -> isSame(ones.get(i), others.get(i)));
    }
}
