package dev.windrow.common.source;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file's rows in the order of its key, in legs: each is one execution of the query from a position, and one
 * short read transaction.
 *
 * <p>A <em>position</em> is the key of a row as opaque text that only the implementation reads; it stays valid across
 * processes and restarts. {@link #count} may run on another thread than the rest, and {@link #cancel} may be called by
 * any; all else belongs to one thread.
 */
public interface RowReader extends AutoCloseable {
    /**
     * The position of the last row as of now, by the source's order alone, which bounds this export; null when there is
     * no row.
     */
    @Nullable String lastPosition() throws SourceException;

    /** Rows up to and including the bound, counted on a connection of its own; empty when it was cancelled. */
    OptionalLong count(String bound) throws SourceException;

    /**
     * Begins a leg. The one before must be closed.
     *
     * @param after the position of the row before the leg's first; null to begin at the start, and for a file
     *     without key, which is read in one leg, in its query's own order
     * @param bound the position of the last row that belongs to the export
     * @throws SourceException {@code ROWS_LOST} when the row at {@code after} is still there, but the source does
     *     not begin with it, or when its key may name another row by now
     */
    Leg read(@Nullable String after, String bound) throws SourceException;

    /**
     * Stops whatever runs or will run on this reader, soon: a blocked call then throws a {@link SourceException}.
     * Idempotent.
     */
    void cancel();

    @Override
    void close();

    /**
     * The rows of one execution, one at a time. It ends after the last row, or when its time is over: a read
     * transaction that stays open too long hurts the source. Its end ends its transaction, and so does closing it.
     */
    interface Leg extends AutoCloseable {
        /**
         * Moves to the next row.
         *
         * @return false at the leg's end: {@link #isLast} says whether there are more rows, for another leg
         * @throws SourceException also when two rows one after another have equal keys, as the source takes it, or
         *     a key holds a null; and {@code ROWS_LOST} when the rows end without the one that is the last by the
         *     source's order, or begin with another than that of the position
         */
        boolean next() throws SourceException;

        /** Gives the current row's values, one for each selected column in order, then {@link RowSink#endRow}. */
        void copyTo(RowSink sink) throws SourceException;

        /**
         * The CRC-32C (RFC 3720, B.4) of the current row's key in canonical bytes: the same for the same key, wherever
         * and whenever it is read. 0 for a file without key.
         */
        int keyHash();

        /**
         * The current row's position, or the last row's after the end. Not cheap: ask where a block ends, not for each
         * row.
         */
        String position();

        /**
         * The caller turns to something that may take long. Until it asks for {@link #next} again the leg may be ended
         * by its time, so that who reads slowly holds nobody up. The current row can't be copied any more.
         */
        void pause();

        /** True once {@link #next} has said false and no row follows up to the bound. */
        boolean isLast();

        @Override
        void close();
    }
}
