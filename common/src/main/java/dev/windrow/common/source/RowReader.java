package dev.windrow.common.source;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file's rows in the order of its key, a bounded batch at a time, each batch one short read transaction.
 *
 * <p>A <em>position</em> is the key of a row as opaque text that only the implementation reads; it stays valid across processes
 * and restarts. {@link #count} may run on another thread than the rest, and {@link #cancel} may be called by any; all else
 * belongs to one thread.
 */
public interface RowReader extends AutoCloseable {
    /** The position of the last row as of now, which bounds this export; null when there is no row. */
    @Nullable String lastPosition() throws SourceException;

    /** Rows up to and including the bound, counted on a connection of its own; empty when it was cancelled. */
    OptionalLong count(String bound) throws SourceException;

    /**
     * Begins the next batch.
     *
     * @param after the position of the row before the batch's first; null to begin at the start, and for a file without key, which is
     *     read in one batch, in its query's own order
     * @param bound the position of the last row that belongs to the export
     * @param maxRows the most rows that the batch gives, 1 or more
     */
    Batch read(@Nullable String after, String bound, int maxRows) throws SourceException;

    /** Stops whatever runs or will run on this reader, soon: a blocked call then throws a {@link SourceException}. Idempotent. */
    void cancel();

    @Override
    void close();

    /** The rows of one batch, one at a time. Its end ends its read transaction, and so does closing it. */
    interface Batch extends AutoCloseable {
        /**
         * Moves to the next row.
         *
         * @return false at the batch's end
         * @throws SourceException also when two rows one after another have equal keys, or a key holds a null; the row after the
         *     batch's last is looked at too
         */
        boolean next() throws SourceException;

        /** Gives the current row's values, one for each selected column in order, then {@link RowSink#endRow}. */
        void copyTo(RowSink sink) throws SourceException;

        /** The current row's position, or the last row's after the end. Not cheap: ask where a block ends, not for each row. */
        String position();

        /** True once {@link #next} has said false and no row follows the batch up to the bound. */
        boolean isLast();

        @Override
        void close();
    }
}
