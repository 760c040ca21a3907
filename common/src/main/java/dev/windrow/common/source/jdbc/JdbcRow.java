package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.value.ColumnReader;
import dev.windrow.common.source.jdbc.value.KeyHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The row that a result set of any database is at, but SQLite's: a reader per column, and keys as objects. */
final class JdbcRow implements RowAccess {
    private final KeyQuestions questions;
    private final List<ColumnReader> columns;
    private final KeyHash hash = new KeyHash();
    private final int within;
    private final boolean marksRepeats;
    private Object @Nullable [] last;
    private Object @Nullable [] read;
    private boolean isWithin;
    private boolean marked;

    /**
     * @param columns those before the key's
     * @param marksRepeats whether a row says, behind whether it is within the bound, that it repeats the key before
     */
    JdbcRow(KeyQuestions questions, List<ColumnReader> columns, boolean marksRepeats) {
        this.questions = questions;
        this.columns = List.copyOf(columns);
        this.within = questions.key().end();
        this.marksRepeats = marksRepeats;
    }

    @Override
    public void read(ResultSet row) throws SQLException, SourceException {
        read = questions.key().read(row);
        isWithin = row.getBoolean(within);
        marked = marksRepeats && row.getBoolean(within + 1);
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
        return marksRepeats ? marked : questions.areEqual(last, current());
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
    public void copyTo(ResultSet row, RowSink sink) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).copy(row, i + 1, sink);
        }
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
