package dev.windrow.api.start;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.source.RowSink;
import java.util.List;

/** Says how large an archive would be, by the first rows of its files. Safe for use by many threads. */
public interface ArchiveSizes {
    /**
     * Begins one file.
     *
     * @param columns the values of a row, in order
     */
    Sample begin(DatasetFile file, List<Column> columns, ExportRequest request);

    /**
     * What an archive has beside its files' contents, in bytes.
     *
     * @param columns of all its files together
     */
    long beside(int files, int columns);

    /** The first rows of one file as they would be written. Belongs to one thread. */
    interface Sample extends RowSink {
        /**
         * After each row.
         *
         * @param keyHash as {@link dev.windrow.common.source.RowReader.Leg#keyHash} has it
         * @return whether more rows would tell no more
         */
        boolean isEnough(int keyHash);

        /** How much of the archive the file takes, in bytes, if it has so many rows. The last call. */
        long of(long rows);
    }
}
