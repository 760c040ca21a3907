package dev.windrow.common.catalog;

import java.util.List;
import java.util.Objects;

/**
 * One file of a dataset: a query, and the total order in which its rows are read.
 *
 * @param name the file's base name in the archive, without extension
 * @param query the operator's SQL, with {@code :name} parameters
 * @param key a total order of the rows: unique together, never null; empty if, and only if, the file is no
 *     {@link FileForm.Kind#ROWS}, and then its query is read whole
 * @param columns what the query gives, types resolved against the live source; not empty
 * @param batchRows rows that are asked of the driver at a time, 1 or more
 * @param form what it is made of
 */
public record DatasetFile(
        String name, String query, List<KeyPart> key, List<Column> columns, int batchRows, FileForm form) {
    /** Rows a read where the catalog says nothing. */
    public static final int DEFAULT_BATCH_ROWS = 1000;

    public DatasetFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(query, "query");
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        Objects.requireNonNull(form, "form");
        if (key.isEmpty() != (form.kind() != FileForm.Kind.ROWS) || columns.isEmpty() || batchRows < 1) {
            throw new IllegalArgumentException(
                    "file " + name + ": key " + key + ", columns " + columns + ", batchRows " + batchRows);
        }
    }

    /** A file of plain rows. */
    public DatasetFile(String name, String query, List<KeyPart> key, List<Column> columns, int batchRows) {
        this(name, query, key, columns, batchRows, FileForm.ROWS);
    }
}
