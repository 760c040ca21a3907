package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows of one query, which asks for one row more than the batch gives: that one tells what comes after. */
final class JdbcBatch implements RowReader.Batch {
    private final OpenFile file;
    private final Cancellation cancellation;
    private final ResultSet rows;
    private final int maxRows;
    private final RowKey key;
    private int given;
    private boolean ended;
    private boolean last;
    private boolean closed;

    JdbcBatch(OpenFile file, Cancellation cancellation, ResultSet rows, int maxRows) {
        this.file = file;
        this.cancellation = cancellation;
        this.rows = rows;
        this.maxRows = maxRows;
        this.key = file.newKey();
    }

    @Override
    public boolean next() throws SourceException {
        cancellation.check();
        if (ended) {
            return false;
        }
        try {
            boolean row = advance();
            if (!row) {
                // Not when the caller closes it: until then it compresses, syncs and tells, and a writer of the source
                // would wait.
                close();
            }
            return row;
        } catch (SQLException e) {
            throw file.failed(e);
        }
    }

    private boolean advance() throws SQLException, SourceException {
        if (!rows.next()) {
            ended = true;
            last = true;
            return false;
        }
        key.read(rows);
        // Without a key there is none to be equal.
        if (!file.keyParts().isEmpty() && key.repeats()) {
            throw file.equalKeys();
        }
        if (given == maxRows) {
            ended = true;
            return false;
        }
        key.advance();
        given++;
        return true;
    }

    @Override
    public void copyTo(RowSink sink) throws SourceException {
        try {
            file.copyRow(rows, key, sink);
        } catch (DeclaredColumn.UnfitValueException e) {
            throw new SourceException(Kind.VALUE, "File " + file.name() + ": " + e.getMessage());
        } catch (SQLException e) {
            throw file.failed(e);
        }
    }

    @Override
    public String position() {
        Object[] last = key.last();
        if (last == null) {
            throw new IllegalStateException("no row yet");
        }
        return Position.write(file.keyParts(), last);
    }

    @Override
    public boolean isLast() {
        return last;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            file.finished(rows);
            file.endTransaction();
        } catch (SQLException e) {
            // The rows that were given are good. Whoever reads on is told by a connection that no longer works.
            file.discard(e);
        }
    }
}
