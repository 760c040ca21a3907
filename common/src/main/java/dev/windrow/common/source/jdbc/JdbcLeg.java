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
 * Rows of one execution from a position on, that position's own row first: where it is not, the leg does not begin
 * where the last one ended. No row is left out by a comparison with the bound: that row itself, or the first one behind
 * it, ends them.
 */
final class JdbcLeg implements RowReader.Leg {
    private final OpenFile file;
    private final Cancellation cancellation;
    private final LegTime time;
    private final LegBorders borders;
    private final RowAccess row;

    private @Nullable ResultSet rows;
    private boolean entered;
    private boolean paused;
    private boolean ended;
    private boolean last;
    /** Whether there are rows beyond the bound. */
    private boolean beyond;
    /** Whether the cursor is at the row that was given last. */
    private boolean standing;
    /** Whether the row that was given last is not found by its row. */
    private boolean lost;

    /** How many rows the query gives at most, and how many it has given. */
    private final int most;

    private int rowsRead;

    /** What that row holds where its key may move, as of when it could be read. */
    private @Nullable String content;

    /**
     * Executes the query.
     *
     * @param file closed with this
     * @param bound of the last row
     * @param after of the row before the first; null at the start
     */
    JdbcLeg(
            OpenFile file,
            Cancellation cancellation,
            Position bound,
            @Nullable Position after,
            ScheduledExecutorService timer,
            @Nullable LegLimits limits)
            throws SQLException, SourceException {
        this.file = file;
        this.cancellation = cancellation;
        this.borders = new LegBorders(file, bound, after);
        this.most = file.mostRows();
        this.row = file.newRow();
        // What is asked of the source beforehand is no part of what entering the query costs.
        KeysetSql.Statement select = borders.select();
        file.begin();
        this.time = new LegTime(timer, limits, this::end);
        this.rows = borders.stream(select);
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
            standing = advance();
            if (!standing) {
                ended = true;
                last = beyond || rowsRead < most;
                if (last) {
                    borders.proveTheEnd(row.last(), beyond);
                }
                // Not when the caller closes it: until then it compresses, syncs and tells, and a writer of the source
                // would wait.
                time.finish();
            }
            return standing;
        } catch (SQLException e) {
            throw file.queries().failed(e);
        }
    }

    private void refuseALostPosition() throws SourceException {
        if (lost) {
            throw file.errors().rowsLost();
        }
    }

    private boolean advance() throws SQLException, SourceException {
        ResultSet open = Objects.requireNonNull(rows);
        if (!entered) {
            return enter(open);
        }
        return step(open) && take(open);
    }

    /** The first row, which was given already where the leg begins behind a position. */
    private boolean enter(ResultSet open) throws SQLException, SourceException {
        boolean any = step(open);
        entered = true;
        time.entered();
        if (borders.isStart()) {
            return any && take(open);
        }
        if (any) {
            row.read(open);
        }
        if (borders.isGivenAlready(any ? open : null, row)) {
            row.advance();
            return step(open) && take(open);
        }
        return any && give();
    }

    private boolean step(ResultSet open) throws SQLException {
        boolean any = open.next();
        rowsRead += any ? 1 : 0;
        return any;
    }

    private boolean take(ResultSet open) throws SQLException, SourceException {
        row.read(open);
        // Without a key there is none to be equal.
        if (!file.keyParts().isEmpty() && row.repeats()) {
            throw file.errors().equalKeys();
        }
        return give();
    }

    private boolean give() {
        if (!row.isWithin()) {
            beyond = true;
            return false;
        }
        row.advance();
        return true;
    }

    @Override
    public void copyTo(RowSink sink) throws SourceException {
        try {
            row.copyTo(Objects.requireNonNull(rows), sink);
            sink.endRow();
        } catch (DeclaredColumn.UnfitValueException e) {
            throw new SourceException(Kind.VALUE, "File " + file.name() + ": " + e.getMessage());
        } catch (SQLException e) {
            throw file.queries().failed(e);
        }
    }

    @Override
    public int keyHash() {
        return file.keyParts().isEmpty() ? 0 : row.hash();
    }

    @Override
    public String position() {
        Object[] given = row.last();
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
            lost = !file.endOf(open, last ? null : row.last());
        }
    }
}
