package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import dev.windrow.common.source.jdbc.value.DeclaredColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one execution from a position on, that position's own row first: where it is not, the leg does not begin where the last one
 * ended. No row is left out by a comparison with the bound: that row itself, or the first one behind it, ends them.
 */
final class JdbcLeg implements RowReader.Leg {
    private final OpenFile file;
    private final Cancellation cancellation;
    private final LegTime time;
    private final RowKey key;
    private final Position boundPosition;
    private final Object[] bound;
    /** Null at the start. */
    private final @Nullable Position afterPosition;

    private final Object @Nullable [] after;

    private @Nullable ResultSet rows;
    private boolean entered;
    private boolean paused;
    private boolean ended;
    private boolean last;
    /** Whether there are rows beyond the bound. */
    private boolean beyond;
    /** Whether the cursor is at the row that was given last. */
    private boolean standing;
    /** Whether the row that was given last is not found by its key. */
    private boolean lost;

    /** What that row holds where its key may move, as of when it could be read. */
    private @Nullable String content;

    /**
     * Executes the query.
     *
     * @param file closed with this
     * @param boundPosition of the last row
     * @param afterPosition of the row before the first; null at the start
     */
    JdbcLeg(
            OpenFile file,
            Cancellation cancellation,
            Position boundPosition,
            @Nullable Position afterPosition,
            ScheduledExecutorService timer,
            @Nullable LegLimits limits)
            throws SQLException, SourceException {
        this.file = file;
        this.cancellation = cancellation;
        this.boundPosition = boundPosition;
        this.bound = file.restored(boundPosition);
        this.afterPosition = afterPosition;
        this.after = afterPosition == null ? null : file.restored(afterPosition);
        this.key = file.newKey();
        // What is asked of the source beforehand is no part of what entering the query costs.
        KeysetSql.Statement select = after == null ? file.sql().first() : file.next(after);
        file.begin();
        this.time = new LegTime(timer, limits, this::end);
        this.rows = after == null ? file.stream(select, new Object[][] {bound}) : file.stream(select, bound, after);
    }

    /** Ends the leg if its reader is paused; any thread. */
    void expire() {
        time.expire();
    }

    @Override
    public boolean next() throws SourceException {
        cancellation.check();
        if (paused) {
            paused = false;
            time.resume();
        }
        if (!ended && time.isOver()) {
            ended = true;
            time.finish();
            refuseALostPosition();
        }
        if (ended) {
            return false;
        }
        try {
            standing = false;
            boolean row = advance();
            standing = row;
            if (!row) {
                ended = true;
                last = true;
                proveTheEnd();
                // Not when the caller closes it: until then it compresses, syncs and tells, and a writer of the source
                // would wait.
                time.finish();
            }
            return row;
        } catch (SQLException e) {
            throw file.failed(e);
        }
    }

    private void refuseALostPosition() throws SourceException {
        if (lost) {
            throw file.rowsLost();
        }
    }

    private boolean advance() throws SQLException, SourceException {
        ResultSet open = Objects.requireNonNull(rows);
        if (!entered) {
            return enter(open);
        }
        return open.next() && take(open);
    }

    /** The first row, which was given already where the leg begins behind a position. */
    private boolean enter(ResultSet open) throws SQLException, SourceException {
        boolean any = open.next();
        entered = true;
        time.entered();
        Object[] before = after;
        if (before == null) {
            return any && take(open);
        }
        if (any) {
            key.read(open);
        }
        if (any && file.areEqual(before, key.current())) {
            refuseAnother(open);
            key.advance();
            file.refuseNullsBeside(before);
            return open.next() && take(open);
        }
        if (file.isThere(before)) {
            throw file.rowsLost();
        }
        if (file.keyMoves()) {
            // It may have gone, or be where it is not known.
            throw file.rowMoved();
        }
        file.refuseNullsBeside(before);
        return any && give();
    }

    /** The first row has the position's key. Where that may move it must be the position's row as well. */
    private void refuseAnother(ResultSet open) throws SQLException, SourceException {
        String known = afterPosition == null ? null : afterPosition.row();
        if (known != null && file.keyMoves() && !known.equals(file.content(open))) {
            throw file.rowMoved();
        }
    }

    private boolean take(ResultSet open) throws SQLException, SourceException {
        key.read(open);
        // Without a key there is none to be equal.
        if (!file.keyParts().isEmpty() && key.repeats()) {
            throw file.equalKeys();
        }
        return give();
    }

    private boolean give() {
        if (!key.isWithin()) {
            beyond = true;
            return false;
        }
        key.advance();
        return true;
    }

    /** The row that was the last by the order alone has been given, or is gone. */
    private void proveTheEnd() throws SQLException, SourceException {
        if (file.keyParts().isEmpty()) {
            return;
        }
        Object[] given = key.last() == null ? after : key.last();
        boolean reached = given != null && file.areEqual(given, bound);
        if (!reached && file.isThere(bound)) {
            throw file.rowsLost();
        }
        if (beyond && file.keyMoves() && !(reached && file.isThereStill(bound, boundPosition))) {
            // The last row of the export's beginning may be among those beyond.
            throw file.rowMoved();
        }
    }

    @Override
    public void copyTo(RowSink sink) throws SourceException {
        try {
            file.copyRow(Objects.requireNonNull(rows), key, sink);
        } catch (DeclaredColumn.UnfitValueException e) {
            throw new SourceException(Kind.VALUE, "File " + file.name() + ": " + e.getMessage());
        } catch (SQLException e) {
            throw file.failed(e);
        }
    }

    @Override
    public int keyHash() {
        return file.keyParts().isEmpty() ? 0 : key.hash();
    }

    @Override
    public String position() {
        Object[] given = key.last();
        if (given == null) {
            throw new IllegalStateException("no row yet");
        }
        if (!paused && rows != null) {
            keepContent();
        }
        return Position.write(file.keyParts(), given, content);
    }

    @Override
    public void pause() {
        if (!ended && !paused) {
            keepContent();
            paused = true;
            time.pause();
        }
    }

    @Override
    public boolean isLast() {
        return last;
    }

    @Override
    public void close() {
        ended = true;
        time.finish();
    }

    /** Takes what the row holds while it can be read. */
    private void keepContent() {
        ResultSet open = rows;
        try {
            content = standing && open != null ? file.content(open) : null;
        } catch (SQLException e) {
            // Another leg can't prove that it begins at this row.
            content = RowContent.UNREADABLE;
        }
    }

    /** By the reader, or by the timer while the reader is paused. */
    private void end() {
        ResultSet open = rows;
        if (open != null && !paused) {
            keepContent();
        }
        rows = null;
        if (open != null) {
            lost = !file.endOf(open, last ? null : key.last());
        }
    }
}
