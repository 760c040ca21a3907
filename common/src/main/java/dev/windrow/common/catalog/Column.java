package dev.windrow.common.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One column of a file, in the order of its query.
 *
 * @param name the name in the query's result, in CSV headers and in the API
 * @param type what the column holds
 * @param declared true when the catalog's {@code as} said the type, so that each value must fit it or the export fails; false
 *     when the type is the source's own word, from which a loosely typed source's single values may differ (they are then
 *     written as what they are)
 * @param title for people; null when the catalog gives none
 */
public record Column(
        String name,
        ColumnType type,
        boolean declared,
        @Nullable String title) {
    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }
}
