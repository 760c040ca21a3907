package dev.windrow.worker.encode;

import dev.windrow.common.source.RowSink;
import java.util.Map;

/**
 * Writes the rows of one file into the {@link EncodedBytes} that it was made with. The bytes depend on the rows and
 * options alone: not on where the buffer was emptied, nor on a resume between two rows. The caller empties the buffer,
 * after {@link #begin}, an {@link #endRow} or {@link #end}, never within a row. Belongs to one thread.
 *
 * <p>A row with more or fewer values than there are columns is an {@link IllegalStateException}.
 */
public interface RowEncoder extends RowSink {
    /** Writes what comes before the first row. Once for a fresh file; not after a resume. */
    void begin();

    /** Writes what closes the file. The last call. */
    void end();

    /**
     * How much was altered since the file's start, a resumed run's earlier part included. Always the manifest's three
     * names, in its order: {@code replaced} (characters that UTF-8 or the format cannot hold, now U+FFFD),
     * {@code escaped} (cells guarded because a spreadsheet would run them, the header's too) and {@code truncated}
     * (cells cut at the format's limit).
     */
    Map<String, Long> counts();
}
