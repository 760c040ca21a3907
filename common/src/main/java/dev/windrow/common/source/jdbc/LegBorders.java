package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Statement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a leg begins and where the export ends, and the proof that no row is missing at either. Belongs to one leg. */
final class LegBorders {
    private final OpenFile file;
    private final KeyQuestions questions;
    private final Position boundPosition;
    private final Object[] bound;
    private final @Nullable Position afterPosition;
    private final Object @Nullable [] after;

    /**
     * @param bound of the last row
     * @param after of the row before the first; null at the start
     */
    LegBorders(OpenFile file, Position bound, @Nullable Position after) {
        this.file = file;
        this.questions = file.questions();
        this.boundPosition = bound;
        this.bound = file.key().restored(bound);
        this.afterPosition = after;
        this.after = after == null ? null : file.key().restored(after);
    }

    /** The leg's statement, which may take a question to the source. */
    Statement select() throws SQLException {
        return after == null ? file.sql().first() : file.next(after);
    }

    ResultSet stream(Statement select) throws SQLException, SourceException {
        return after == null ? file.stream(select, new Object[][] {bound}) : file.stream(select, bound, after);
    }

    boolean isStart() {
        return after == null;
    }

    /**
     * Whether the first row of a leg behind a position is the position's own, which was given already.
     *
     * @param first null where there is no row
     * @param row that has read it
     * @throws SourceException when it is another by now, or rows between it and the position would be left out
     */
    boolean isGivenAlready(@Nullable ResultSet first, RowAccess row) throws SQLException, SourceException {
        Object[] before = Objects.requireNonNull(after, "at the start");
        if (first != null && questions.areEqual(before, row.current())) {
            refuseAnother(first);
            questions.refuseNullsBeside(before);
            return true;
        }
        if (questions.isThere(before)) {
            throw file.errors().rowsLost();
        }
        if (file.keyMoves()) {
            // It may have gone, or be where it is not known.
            throw file.errors().rowMoved();
        }
        questions.refuseNullsBeside(before);
        return false;
    }

    /** The first row has the position's key. Where that may move it must be the position's row as well. */
    private void refuseAnother(ResultSet first) throws SQLException, SourceException {
        String known = afterPosition == null ? null : afterPosition.row();
        if (known != null && file.keyMoves() && !known.equals(file.content(first))) {
            throw file.errors().rowMoved();
        }
    }

    /**
     * The row that was the last by the order alone has been given, or is gone.
     *
     * @param last the key of the last row that the leg gave; null where it gave none
     * @param beyond whether there are rows beyond the bound
     */
    void proveTheEnd(Object @Nullable [] last, boolean beyond) throws SQLException, SourceException {
        if (file.keyParts().isEmpty()) {
            return;
        }
        Object[] given = last == null ? after : last;
        boolean reached = given != null && questions.areEqual(given, bound);
        if (!reached && questions.isThere(bound)) {
            throw file.errors().rowsLost();
        }
        if (beyond && file.keyMoves() && !(reached && questions.isThereStill(bound, boundPosition))) {
            // The last row of the export's beginning may be among those beyond.
            throw file.errors().rowMoved();
        }
    }
}
