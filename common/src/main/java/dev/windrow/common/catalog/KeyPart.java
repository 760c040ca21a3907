package dev.windrow.common.catalog;

import java.util.Objects;

/** One part of a file's key: a column of its query, and the direction in which the rows are read. */
public record KeyPart(String column, boolean descending) {
    public KeyPart {
        Objects.requireNonNull(column, "column");
    }
}
