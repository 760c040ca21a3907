package dev.windrow.common.catalog;

import java.util.List;
import java.util.Objects;

/**
 * One file of a dataset: a query, and the total order in which its rows are read.
 *
 * @param name the file's base name in the archive, without extension
 * @param query the operator's SQL, with {@code :name} parameters
 * @param key a total order of the rows: unique together, never null; not empty
 * @param columns what the query gives, types resolved against the live source; not empty
 * @param batchRows rows a read, 1 or more; a status write and a place to resume follow the reads
 */
public record DatasetFile(String name, String query, List<KeyPart> key, List<Column> columns, int batchRows) {
    /** Rows a read where the catalog says nothing. */
    public static final int DEFAULT_BATCH_ROWS = 1000;

    public DatasetFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(query, "query");
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        if (key.isEmpty() || columns.isEmpty() || batchRows < 1) {
            throw new IllegalArgumentException(
                    "file " + name + ": key " + key + ", columns " + columns + ", batchRows " + batchRows);
        }
    }
}
