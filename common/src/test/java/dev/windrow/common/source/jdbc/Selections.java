package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Unit;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files to read, said in few words, and reading them whole. */
public final class Selections {
    private Selections() {}

    static RowSelection of(Source source, String query, String key, String columns) {
        return of(source, query, key, columns, Map.of());
    }

    /**
     * @param key as in a catalog, parts parted by commas
     * @param columns names parted by commas, with {@code :type} for {@code as} and {@code :type:unit} for a unit too
     */
    static RowSelection of(
            Source source,
            String query,
            String key,
            String columns,
            Map<String, ? extends @Nullable Object> parameters) {
        List<Column> selected = split(columns).map(Selections::column).toList();
        DatasetFile file = new DatasetFile("readings", query, key(key), selected, 1000);
        return new RowSelection(source, file, selected, new BoundParameters(Map.of(), new HashMap<>(parameters)));
    }

    public static List<KeyPart> key(String key) {
        return split(key)
                .map(part -> part.endsWith(" desc")
                        ? new KeyPart(part.substring(0, part.length() - " desc".length()), true)
                        : new KeyPart(part, false))
                .toList();
    }

    private static Stream<String> split(String words) {
        return Arrays.stream(words.split(", *"));
    }

    private static Column column(String words) {
        String[] parts = words.split(":");
        return parts.length == 1
                ? new Column(parts[0], ColumnType.ANY, false, null)
                : new Column(
                        parts[0],
                        ColumnType.of(parts[1]).orElseThrow(),
                        true,
                        parts.length == 2 ? null : Unit.of(parts[2]).orElseThrow(),
                        null);
    }

    /**
     * All rows of an export that begins now.
     *
     * @param legRows rows after which a leg is left for another
     */
    static List<List<@Nullable Object>> readAll(RowReader reader, int legRows) throws SourceException {
        String bound = reader.lastPosition();
        return bound == null ? List.of() : readFrom(reader, null, bound, legRows);
    }

    static List<List<@Nullable Object>> readFrom(RowReader reader, @Nullable String after, String bound, int legRows)
            throws SourceException {
        RecordedRows rows = new RecordedRows();
        String position = after;
        boolean last = false;
        while (!last) {
            try (RowReader.Leg leg = reader.read(position, bound)) {
                int given = 0;
                while (given < legRows && leg.next()) {
                    leg.copyTo(rows);
                    given++;
                }
                last = leg.isLast();
                position = given == 0 ? position : leg.position();
            }
        }
        return rows.rows;
    }

    /** The position after so many rows. */
    static String positionAfter(RowReader reader, String bound, int rows) throws SourceException {
        String position = null;
        int left = rows;
        while (true) {
            try (RowReader.Leg leg = reader.read(position, bound)) {
                while (left > 0 && leg.next()) {
                    left--;
                }
                if (left == 0) {
                    return leg.position();
                }
                if (leg.isLast()) {
                    throw new AssertionError(left + " rows too few");
                }
                position = leg.position();
            }
        }
    }
}
