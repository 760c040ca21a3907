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
final class Selections {
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

    static List<KeyPart> key(String key) {
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

    /** All rows of an export that begins now. */
    static List<List<@Nullable Object>> readAll(RowReader reader, int batchRows) throws SourceException {
        String bound = reader.lastPosition();
        return bound == null ? List.of() : readFrom(reader, null, bound, batchRows);
    }

    static List<List<@Nullable Object>> readFrom(RowReader reader, @Nullable String after, String bound, int batchRows)
            throws SourceException {
        RecordedRows rows = new RecordedRows();
        String position = after;
        boolean last = false;
        while (!last) {
            try (RowReader.Batch batch = reader.read(position, bound, batchRows)) {
                int before = rows.rows.size();
                while (batch.next()) {
                    batch.copyTo(rows);
                }
                last = batch.isLast();
                int given = rows.rows.size() - before;
                if (given > batchRows || (given < batchRows && !last)) {
                    throw new AssertionError("a batch of " + given + " rows, last " + last);
                }
                position = given == 0 ? position : batch.position();
            }
        }
        return rows.rows;
    }
}
