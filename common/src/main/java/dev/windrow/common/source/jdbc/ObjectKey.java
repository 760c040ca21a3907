package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.value.KeyHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys as objects, of any database. */
final class ObjectKey implements RowKey {
    private final OpenFile file;
    private final KeyHash hash = new KeyHash();
    private final int within;
    private Object @Nullable [] last;
    private Object @Nullable [] read;
    private boolean isWithin;
    private boolean marked;

    /** @param within the index of the column that tells whether a row is within the bound, 1-based; the mark of a repeat follows it */
    ObjectKey(OpenFile file, int within) {
        this.file = file;
        this.within = within;
    }

    @Override
    public void read(ResultSet row) throws SQLException, SourceException {
        read = file.readKey(row);
        isWithin = row.getBoolean(within);
        marked = file.marksRepeats() && row.getBoolean(within + 1);
    }

    @Override
    public boolean isWithin() {
        return isWithin;
    }

    @Override
    public boolean repeats() throws SQLException, SourceException {
        if (last == null) {
            return false;
        }
        return file.marksRepeats() ? marked : file.areEqual(last, current());
    }

    @Override
    public Object[] current() {
        return Objects.requireNonNull(read, "no row was read");
    }

    @Override
    public void advance() {
        last = read;
    }

    @Override
    public Object @Nullable [] last() {
        return last;
    }

    @Override
    public int hash() {
        return hash.of(Objects.requireNonNull(last, "no row yet"));
    }
}
