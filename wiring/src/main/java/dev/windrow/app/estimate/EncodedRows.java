package dev.windrow.app.estimate;

import dev.windrow.api.start.ArchiveSizes;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.worker.archive.BlockRule;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.util.List;

/** The first rows of a file, block by block as the worker ends them. Belongs to one thread. */
final class EncodedRows extends ForwardingSink implements ArchiveSizes.Sample {
    /** Of text, before it is deflated: what comes first is often shorter than what comes later. */
    private static final long ENOUGH_BYTES = 4 << 20;

    private final EncodedBytes out;
    private final RowEncoder encoder;
    private final boolean keyed;
    private final boolean stored;
    private final int level;
    private final long head;
    private long rows;
    private int rowsOfBlock;
    private long plain;
    private long blocks;
    private long whole;
    private long wholeRows;

    EncodedRows(DatasetFile file, List<Column> columns, ExportRequest request, int level) {
        this(new EncodedBytes(), file.form().kind() == FileForm.Kind.OBJECT, file, columns, request, level);
    }

    private EncodedRows(
            EncodedBytes out,
            boolean isObject,
            DatasetFile file,
            List<Column> columns,
            ExportRequest request,
            int level) {
        this(
                out,
                isObject
                        ? Encoders.object(columns, request.options(), out)
                        : Encoders.of(request.format(), columns, request.options(), out, Resume.NONE),
                !file.key().isEmpty(),
                !isObject && request.format() == Format.XLSX,
                level);
    }

    /** @param stored whether what is encoded is compressed already */
    private EncodedRows(EncodedBytes out, RowEncoder encoder, boolean keyed, boolean stored, int level) {
        super(encoder);
        this.out = out;
        this.encoder = encoder;
        this.keyed = keyed;
        this.stored = stored;
        this.level = level;
        encoder.begin();
        // Beside rows that are deflated with it, a line of names is nothing.
        head = stored ? out.length() : 0;
    }

    @Override
    public boolean isEnough(int keyHash) {
        rows++;
        rowsOfBlock++;
        if (BlockRule.endsAfter(keyed, keyHash, rowsOfBlock, out.length())) {
            whole += endBlock();
            wholeRows = rows;
            blocks++;
        }
        return encoder.isFull() || plain + out.length() >= ENOUGH_BYTES;
    }

    private long endBlock() {
        plain += out.length();
        encoder.endBlock();
        long size = size();
        rowsOfBlock = 0;
        return size;
    }

    private long size() {
        long size = stored ? out.length() : DeflatedSize.of(out.array(), out.length(), level);
        out.clear();
        return size;
    }

    /** A last block that is short deflates worse, and where there are others says nothing. */
    @Override
    public long of(long all) {
        boolean isAll = all <= rows;
        boolean enough = blocks >= 2 && !isAll;
        long rest = endBlock();
        encoder.end();
        long tail = size();
        long sampled = enough ? whole : whole + rest;
        long ofRows = enough ? wholeRows : rows;
        return isAll || ofRows == 0 ? sampled + tail : head + tail + (long) ((double) (sampled - head) / ofRows * all);
    }
}
