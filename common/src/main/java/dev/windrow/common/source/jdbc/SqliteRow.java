package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.value.Conversions;
import dev.windrow.common.source.jdbc.value.DeclaredColumn;
import dev.windrow.common.source.jdbc.value.KeyHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.Codes;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;
import org.sqlite.core.SafeStmtPtr.SafePtrConsumer;

/*
 * A row through java.sql.ResultSet costs more in the driver's wrapping than in SQLite: each getter locks the database,
 * asks for the value's type and then for the value, and boxes it. Here a row's values are read under one lock by the
 * driver's own calls, and no object is made of a number. A key of integers, which most are, is kept as such, and where
 * it is a column too it is asked for once.
 */
/** The row that a SQLite result set is at: each value by its own storage class. Belongs to one leg. */
final class SqliteRow implements RowAccess {
    private static final int NO_PART = -1;

    private final KeyQuestions questions;
    private final List<SqliteColumn> columns;
    private final SafePtrConsumer<SQLException> copying = this::copy;
    private final SafePtrConsumer<SQLException> readingKey = this::readKey;
    private @Nullable RowSink target;

    private long[] last;
    private long[] read;
    private Object @Nullable [] lastObjects;
    private Object @Nullable [] readObjects;
    private final KeyHash hash = new KeyHash();
    private boolean integers;
    private final long longest;
    private long length;
    private boolean isWithin;
    private boolean any;

    /**
     * @param columns those before the key's
     * @param longest the most bytes that the values of a row may have together
     */
    SqliteRow(KeyQuestions questions, List<SqliteColumn> columns, long longest) {
        this.longest = longest;
        this.questions = questions;
        this.columns = columns;
        this.last = new long[questions.key().size()];
        this.read = new long[last.length];
    }

    /**
     * A selected column.
     *
     * @param declared what makes its values the type that the catalog gives it; null where it gives none
     * @param keyPart the part of the key that it is; -1 for none
     */
    record SqliteColumn(@Nullable DeclaredColumn declared, int keyPart) {
        RowSink into(RowSink sink) {
            return declared == null ? sink : declared.into(sink);
        }
    }

    private static SafeStmtPtr statement(ResultSet row) throws SQLException {
        return ((CoreStatement) row.getStatement()).pointer;
    }

    @Override
    public void copyTo(ResultSet row, RowSink sink) throws SQLException {
        target = sink;
        statement(row).safeRunConsume(copying);
    }

    private void copy(DB database, long statement) throws SQLException {
        RowSink sink = Objects.requireNonNull(target);
        length = 0;
        for (int i = 0; i < columns.size(); i++) {
            SqliteColumn column = columns.get(i);
            if (integers && column.keyPart != NO_PART) {
                // This row is the last one by now.
                column.into(sink).integer(last[column.keyPart]);
            } else {
                copy(database, statement, i, column.into(sink));
            }
        }
    }

    private void copy(DB database, long statement, int column, RowSink sink) throws SQLException {
        switch (database.column_type(statement, column)) {
            case Codes.SQLITE_INTEGER -> sink.integer(database.column_long(statement, column));
            case Codes.SQLITE_FLOAT -> sink.number(database.column_double(statement, column));
            case Codes.SQLITE_TEXT -> {
                String text = text(database, statement, column);
                add(text.length());
                sink.text(text);
            }
            case Codes.SQLITE_BLOB -> {
                byte[] bytes = database.column_blob(statement, column);
                add(bytes.length);
                sink.bytes(bytes);
            }
            default -> sink.nullValue();
        }
    }

    /** SQLite refuses values that are too long, each by itself. */
    private void add(long bytes) throws SQLException {
        length += bytes;
        if (length > longest) {
            throw new SQLException(
                    "the values of a row have more than " + longest + " bytes", null, Codes.SQLITE_TOOBIG);
        }
    }

    /**
     * SQLite keeps any bytes as text. The driver would replace those that are no UTF-8, and nobody would know of it.
     */
    private static String text(DB database, long statement, int column) throws SQLException {
        String text = database.column_text(statement, column);
        return text.indexOf(Conversions.REPLACEMENT) < 0
                ? text
                : Conversions.ofBrokenUtf8(database.column_blob(statement, column));
    }

    @Override
    public void read(ResultSet row) throws SQLException, SourceException {
        integers = true;
        statement(row).safeRunConsume(readingKey);
        readObjects = integers ? null : questions.key().read(row);
    }

    private void readKey(DB database, long statement) throws SQLException {
        for (int part = 0; integers && part < read.length; part++) {
            int column = columns.size() + part;
            integers = database.column_type(statement, column) == Codes.SQLITE_INTEGER;
            read[part] = database.column_long(statement, column);
        }
        isWithin = database.column_int(statement, columns.size() + Math.max(1, read.length)) != 0;
    }

    @Override
    public boolean isWithin() {
        return isWithin;
    }

    @Override
    public boolean repeats() throws SQLException, SourceException {
        if (!any) {
            return false;
        }
        return lastObjects == null && readObjects == null
                ? Arrays.equals(last, read)
                : questions.areEqual(key(lastObjects, last), current());
    }

    @Override
    public Object[] current() {
        return key(readObjects, read);
    }

    @Override
    public void advance() {
        long[] spare = last;
        last = read;
        read = spare;
        lastObjects = readObjects;
        any = true;
    }

    @Override
    public Object @Nullable [] last() {
        return any ? key(lastObjects, last) : null;
    }

    @Override
    public int hash() {
        return lastObjects == null ? hash.of(last) : hash.of(lastObjects);
    }

    private static Object[] key(Object @Nullable [] objects, long[] integers) {
        return objects != null ? objects : Arrays.stream(integers).boxed().toArray();
    }
}
