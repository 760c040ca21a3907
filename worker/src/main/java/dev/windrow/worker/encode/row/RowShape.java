package dev.windrow.worker.encode.row;

import java.util.List;

/**
 * Counts the values and the rows that an encoder is given, and refuses what is no table: a row of more or fewer values
 * than there are columns, a second beginning, an end within a row. Belongs to one thread.
 */
public final class RowShape {
    private final int width;
    private long rows;
    private boolean begun;
    private int values;

    /** @param columns of a row */
    public RowShape(List<?> columns, Resume resume) {
        width = columns.size();
        rows = resume.rows();
        begun = rows > 0;
    }

    /** The file begins. */
    public void begin() {
        if (begun) {
            throw new IllegalStateException("begun already");
        }
        begun = true;
    }

    /** A value comes next; tells which one of the row it is, from 0. */
    public int nextValue() {
        if (values == width) {
            throw new IllegalStateException("more values than the " + width + " columns");
        }
        return values++;
    }

    /** The row ends here. */
    public void endRow() {
        endHeader();
        rows++;
    }

    /** As {@link #endRow}, of a row that does not count. */
    public void endHeader() {
        if (values != width) {
            throw new IllegalStateException("a row of " + values + " values in " + width + " columns");
        }
        values = 0;
    }

    /** The file ends here. */
    public void end() {
        if (values != 0) {
            throw new IllegalStateException("the last row has no end");
        }
    }

    /** Columns of a row. */
    public int width() {
        return width;
    }

    /** Whether the value that was last asked for is the row's first. */
    public boolean isAtFirst() {
        return values == 1;
    }

    /** Rows of the file that have ended, a resumed run's earlier ones included. */
    public long rows() {
        return rows;
    }
}
