package dev.windrow.common.source;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Dataset;

/** The databases that exports read. Safe for use by many threads; what it opens is not. */
public interface RowSource {
    /** Whether the dataset's subject gives a row for these values; true for a dataset without one. Blocks for one query. */
    boolean subjectExists(Dataset dataset, BoundParameters parameters) throws SourceException;

    /** Opens a reader of one file. The caller closes it. Connects lazily, so that it does not block. */
    RowReader open(RowSelection selection);
}
