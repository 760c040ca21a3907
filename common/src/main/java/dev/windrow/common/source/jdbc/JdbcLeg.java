package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
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
    private final Object[] bound;
    /** Null at the start. */
    private final Object @Nullable [] after;

    private @Nullable ResultSet rows;
    private boolean entered;
    private boolean paused;
    private boolean ended;
    private boolean last;

    /**
     * Executes the query.
     *
     * @param file closed with this
     * @param after the key of the row before; null at the start
     */
    JdbcLeg(
            OpenFile file,
            Cancellation cancellation,
            Object[] bound,
            Object @Nullable [] after,
            ScheduledExecutorService timer,
            LegTime.@Nullable Limits limits)
            throws SQLException, SourceException {
        this.file = file;
        this.cancellation = cancellation;
        this.bound = bound;
        this.after = after;
        this.key = file.newKey();
        this.time = new LegTime(timer, limits, this::end);
        this.rows = after == null
                ? file.stream(file.sql().first(), new Object[][] {bound})
                : file.stream(file.next(after), bound, after);
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
        if (ended) {
            return false;
        }
        if (time.isOver()) {
            ended = true;
            time.finish();
            return false;
        }
        try {
            boolean row = advance();
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
            key.advance();
            file.refuseNullsBeside(before);
            return open.next() && take(open);
        }
        if (file.isThere(before)) {
            throw file.rowsLost();
        }
        file.refuseNullsBeside(before);
        return any && give();
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
        if ((given == null || !file.areEqual(given, bound)) && file.isThere(bound)) {
            throw file.rowsLost();
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
        return Position.write(file.keyParts(), given);
    }

    @Override
    public void pause() {
        if (!ended) {
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

    /** By the reader, or by the timer while the reader is paused. */
    private void end() {
        ResultSet open = rows;
        rows = null;
        if (open != null) {
            file.endOf(open);
        }
    }
}
