package dev.windrow.worker.encode.row;

import dev.windrow.common.source.RowSink;
import java.util.Map;

/**
 * Writes the rows of one file into the {@link EncodedBytes} that it was made with. The bytes depend on the rows, the
 * options and, for XLSX, where blocks end alone: not on a resume between two blocks. The caller empties the buffer
 * after {@link #endBlock} or {@link #end}, never otherwise. Belongs to one thread.
 *
 * <p>A row with more or fewer values than there are columns is an {@link IllegalStateException}.
 */
public interface RowEncoder extends RowSink {
    /** Writes what comes before the first row. Once for a fresh file; not after a resume. */
    void begin();

    /** Whether the format or the options allow no further row in the file. */
    default boolean isFull() {
        return false;
    }

    /**
     * Between two rows: makes the buffer's bytes final. The caller empties it next, and may go on from here in another
     * run.
     */
    default void endBlock() {
        // Most formats' bytes are final at once.
    }

    /** Writes what closes the file. The last call. */
    void end();

    /**
     * How much was altered since the file's start, a resumed run's earlier part included. Always the manifest's three
     * names, in its order: {@code replaced} (characters that UTF-8 or the format cannot hold, now U+FFFD),
     * {@code escaped} (cells guarded because a spreadsheet would run them, the header's too) and {@code truncated}
     * (cells cut at the format's limit).
     */
    Map<String, Long> counts();

    /** What a later run needs to go on from the last {@link #endBlock}: the counts, and what else the format has. */
    default Map<String, Long> state() {
        return counts();
    }
}
