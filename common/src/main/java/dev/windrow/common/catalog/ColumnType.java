package dev.windrow.common.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The type of a column: the source's own, or what the catalog's {@code as} says. It decides how a source's value is
 * read and so which method of a {@code RowSink} it arrives by.
 */
public enum ColumnType {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    JSON,
    BYTES,
    /** The source declares no type (an expression in SQLite, say): each value is written by its own. */
    ANY;

    /** The type's name in the catalog, the API and the manifest. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that {@link #id()}, as a catalog may say it ({@code any} is not said); empty when there is none. */
    public static Optional<ColumnType> of(String id) {
        return Arrays.stream(values())
                .filter(type -> type != ANY && type.id().equals(id))
                .findFirst();
    }
}
