package dev.windrow.worker.reading;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;

/** Reads a query that must give exactly one row. */
public final class OneRow {
    private OneRow() {}

    /**
     * Gives the row to the sink.
     *
     * @param reader of a file without key; closed with this
     * @param what the words that name the query to the export's owner, at the start of a sentence
     * @throws SourceException also when there is no row, or another one
     */
    public static void copy(RowReader reader, String what, RowSink sink) throws SourceException {
        try (reader) {
            String bound = reader.lastPosition();
            if (bound == null) {
                throw wrong(what, "none");
            }
            copy(reader, bound, what, sink);
        }
    }

    private static void copy(RowReader reader, String bound, String what, RowSink sink) throws SourceException {
        try (RowReader.Leg leg = reader.read(null, bound)) {
            if (!leg.next()) {
                throw wrong(what, "none");
            }
            leg.copyTo(sink);
            if (leg.next()) {
                throw wrong(what, "more");
            }
        }
    }

    private static SourceException wrong(String what, String rows) {
        return new SourceException(
                SourceException.Kind.QUERY, what + " must have exactly one row, and the source gave " + rows + ".");
    }
}
