package dev.windrow.common.source;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Source;
import java.util.List;

/**
 * The rows of one file of one export.
 *
 * @param columns those to be given, in this order: some or all of the file's
 */
public record RowSelection(Source source, DatasetFile file, List<Column> columns, BoundParameters parameters) {
    public RowSelection {
        columns = List.copyOf(columns);
    }
}
