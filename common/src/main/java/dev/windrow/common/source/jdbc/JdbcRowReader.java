package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a file by key on one connection, and counts it on another. */
final class JdbcRowReader implements RowReader {
    private final SourceConnections connections;
    private final RowSelection selection;
    private final Cancellation cancellation;
    private @Nullable OpenFile reading;
    /** What the last batch that went on asked, and for how many rows: the next one mostly asks the same. */
    private KeysetSql.@Nullable Statement next;

    private int nextRows;

    JdbcRowReader(SourceConnections connections, RowSelection selection) {
        this.connections = connections;
        this.selection = selection;
        this.cancellation = new Cancellation(Dialect.of(selection.source().url()));
    }

    /** Whether a statement is with the database, so that a cancel would have something to stop. */
    boolean isRunning() {
        return cancellation.isRunning();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Looks for nulls in the key first, since no comparison ever gives their rows: they would be left out in silence.
     */
    @Override
    public @Nullable String lastPosition() throws SourceException {
        OpenFile file = reading();
        try {
            for (int part = 0; part < file.keyParts().size(); part++) {
                if (file.gives(file.run(file.sql().anyNull(part), 1))) {
                    throw file.nullInKey();
                }
            }
            return lastOf(file);
        } catch (SQLException e) {
            throw file.failed(e);
        } finally {
            endTransaction(file);
        }
    }

    private static @Nullable String lastOf(OpenFile file) throws SQLException, SourceException {
        ResultSet rows = file.run(file.sql().last(), 1);
        try {
            return rows.next() ? Position.write(file.keyParts(), file.readKey(rows, 1)) : null;
        } finally {
            file.finished(rows);
        }
    }

    @Override
    public OptionalLong count(String bound) throws SourceException {
        try (OpenFile file = open()) {
            return OptionalLong.of(count(file, position(bound)));
        } catch (SourceException e) {
            if (e.kind() == Kind.CANCELLED) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    private static long count(OpenFile file, Object[] bound) throws SourceException {
        try {
            ResultSet rows = file.run(file.sql().count(), 1, bound, bound);
            try {
                rows.next();
                return rows.getLong(1);
            } finally {
                file.finished(rows);
            }
        } catch (SQLException e) {
            throw file.failed(e);
        }
    }

    @Override
    public Batch read(@Nullable String after, String bound, int maxRows) throws SourceException {
        if (maxRows < 1 || maxRows == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("maxRows " + maxRows);
        }
        if (after != null && selection.file().key().isEmpty()) {
            throw new IllegalArgumentException("file " + selection.file().name() + " has no key to go on after");
        }
        Object[] upTo = position(bound);
        Object[] beyond = after == null ? upTo : position(after);
        OpenFile file = reading();
        try {
            KeysetSql.Statement select = after == null ? file.sql().first(maxRows + 1) : next(file, maxRows + 1);
            ResultSet rows = file.run(select, maxRows + 1, beyond, upTo);
            return new JdbcBatch(file, cancellation, rows, maxRows);
        } catch (SQLException e) {
            throw file.failed(e);
        }
    }

    private KeysetSql.Statement next(OpenFile file, int rows) {
        KeysetSql.Statement known = next;
        if (known == null || nextRows != rows) {
            known = file.sql().next(rows);
            next = known;
            nextRows = rows;
        }
        return known;
    }

    private Object[] position(String position) throws SourceException {
        return Position.read(position, selection.file().key(), selection.file().name());
    }

    private OpenFile reading() throws SourceException {
        cancellation.check();
        OpenFile file = reading;
        if (file == null) {
            file = open();
            reading = file;
        }
        return file;
    }

    private OpenFile open() throws SourceException {
        cancellation.check();
        LentConnection connection = connections.lend(selection.source());
        boolean opened = false;
        try {
            OpenFile file = new OpenFile(connection, selection, cancellation);
            opened = true;
            return file;
        } catch (SQLException e) {
            throw cancellation.failed(e, selection.file().name());
        } finally {
            if (!opened) {
                connection.discard();
                connection.close();
            }
        }
    }

    private static void endTransaction(OpenFile file) {
        try {
            file.endTransaction();
        } catch (SQLException e) {
            file.discard(e);
        }
    }

    @Override
    public void cancel() {
        cancellation.cancel();
    }

    @Override
    public void close() {
        OpenFile file = reading;
        reading = null;
        if (file != null) {
            file.close();
        }
    }
}
