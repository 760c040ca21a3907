package dev.windrow.app.estimate;

import dev.windrow.api.start.ArchiveSizes;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.export.ExportRequest;
import java.util.List;

/**
 * Writes and deflates the first rows as the worker would, in memory, and takes the rest to be like them. Safe for use
 * by many threads.
 */
public final class EncodedSizes implements ArchiveSizes {
    /** The manifest, the description of the data and the archive's end. */
    private static final long ARCHIVE = 590;

    /** Its headers, and its words in the manifest and the description of the data. */
    private static final long FILE = 460;

    /** Its words in both, deflated. */
    private static final long COLUMN = 26;

    private final int level;

    /** @param level of deflate, 0 to 9 */
    public EncodedSizes(int level) {
        this.level = level;
    }

    @Override
    public Sample begin(DatasetFile file, List<Column> columns, ExportRequest request) {
        return file.form().kind() == FileForm.Kind.ATTACHMENTS
                ? new AttachedFiles(file.form(), level)
                : new EncodedRows(file, columns, request, level);
    }

    @Override
    public long beside(int files, int columns) {
        return ARCHIVE + files * FILE + columns * COLUMN;
    }
}
