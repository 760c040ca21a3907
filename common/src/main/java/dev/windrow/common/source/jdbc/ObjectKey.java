package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Keys as objects, of any database. */
final class ObjectKey implements RowKey {
    private final OpenFile file;
    private Object @Nullable [] last;
    private Object @Nullable [] read;

    ObjectKey(OpenFile file) {
        this.file = file;
    }

    @Override
    public void read(ResultSet row) throws SQLException, SourceException {
        read = file.readKey(row);
    }

    @Override
    public boolean repeats() throws SQLException, SourceException {
        return last != null && read != null && file.areEqual(last, read);
    }

    @Override
    public void advance() {
        last = read;
    }

    @Override
    public Object @Nullable [] last() {
        return last;
    }
}
