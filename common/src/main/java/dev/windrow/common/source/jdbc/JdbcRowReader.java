package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.MovingKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Reads a file by key on one connection, and counts it on another. */
final class JdbcRowReader implements RowReader {
    private final Lender lender;
    private final RowSelection selection;
    private final ScheduledExecutorService timer;
    private final Cancellation cancellation;
    private @Nullable LentConnection reading;
    private @Nullable Boolean keyMoves;
    private volatile @Nullable JdbcLeg leg;

    /** Where connections come from. */
    @FunctionalInterface
    interface Lender {
        /** The caller closes it. */
        LentConnection lend() throws SourceException;
    }

    JdbcRowReader(Lender lender, RowSelection selection, ScheduledExecutorService timer) {
        this.lender = lender;
        this.selection = selection;
        this.timer = timer;
        this.cancellation = new Cancellation(Dialect.of(selection.source().url()));
    }

    /** Whether a statement is with the database, so that a cancel would have something to stop. */
    boolean isRunning() {
        return cancellation.isRunning();
    }

    @Override
    public @Nullable String lastPosition() throws SourceException {
        LentConnection connection = reading();
        try (OpenFile file = openToRead(connection)) {
            try {
                return lastPosition(file);
            } catch (SQLException e) {
                throw file.queries().failed(e);
            }
        } finally {
            endTransaction(connection);
        }
    }

    private static @Nullable String lastPosition(OpenFile file) throws SQLException, SourceException {
        ResultSet rows = file.queries().run(file.sql().last());
        Object[] last;
        String position;
        try {
            if (!rows.next()) {
                return null;
            }
            last = file.key().read(rows, 1);
            position = position(file, rows);
        } finally {
            file.queries().finished(rows);
        }
        if (!file.questions().isFound(last)) {
            throw file.errors().rowsLost();
        }
        return position;
    }

    private static String position(OpenFile file, ResultSet last) throws SQLException, SourceException {
        List<KeyPart> key = file.keyParts();
        return Position.write(key, file.key().read(last, 1), file.content(last, key.size() + 1));
    }

    @Override
    public OptionalLong count(String bound) throws SourceException {
        cancellation.check();
        try (LentConnection connection = lender.lend();
                OpenFile file = open(connection, false)) {
            Object[] upTo = file.key().restored(position(bound));
            return OptionalLong.of(file.isCountedInStretches() ? stretched(file, upTo) : count(file, upTo));
        } catch (SourceException e) {
            if (e.kind() == Kind.CANCELLED) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    private long stretched(OpenFile file, Object[] bound) throws SourceException {
        try {
            return new StretchedCount(file, file.entering(), bound).count();
        } catch (SQLException e) {
            throw file.queries().failed(e);
        }
    }

    private long count(OpenFile file, Object[] bound) throws SourceException {
        try {
            ResultSet rows = file.queries().run(file.sql().count(), new Object[][] {bound});
            try {
                rows.next();
                return rows.getLong(1);
            } finally {
                file.queries().finished(rows);
            }
        } catch (SQLException e) {
            throw file.queries().failed(e);
        }
    }

    @Override
    public Leg read(@Nullable String after, String bound) throws SourceException {
        if (after != null && selection.file().key().isEmpty()) {
            throw new IllegalArgumentException("file " + selection.file().name() + " has no key to go on after");
        }
        LentConnection connection = reading();
        OpenFile file = openToRead(connection);
        JdbcLeg begun = null;
        try {
            begun = new JdbcLeg(
                    file,
                    cancellation,
                    position(bound),
                    after == null ? null : position(after),
                    timer,
                    selection.file().key().isEmpty() ? null : connection.limits());
            leg = begun;
            return begun;
        } catch (SQLException e) {
            throw file.queries().failed(e);
        } finally {
            if (begun == null) {
                file.close();
                endTransaction(connection);
            }
        }
    }

    private Position position(String position) throws SourceException {
        return Position.read(position, selection.file().key(), selection.file().name());
    }

    /** The connection for this reader's legs, as long as it is one to the database that is there now. */
    private LentConnection reading() throws SourceException {
        cancellation.check();
        LentConnection known = reading;
        if (known != null && known.isCurrent()) {
            return known;
        }
        close();
        LentConnection lent = lender.lend();
        reading = lent;
        return lent;
    }

    /**
     * For legs and their bound. Of the key it is asked once: a source that is made anew between two legs begins another
     * export.
     */
    private OpenFile openToRead(LentConnection connection) throws SourceException {
        Boolean moves = keyMoves;
        if (moves == null) {
            try {
                moves = !connection.isSnapshot()
                        && MovingKey.of(connection, selection).moves();
            } catch (SQLException e) {
                connection.discard();
                throw cancellation.failed(e, selection.file().name());
            }
            keyMoves = moves;
        }
        return open(connection, moves);
    }

    private OpenFile open(LentConnection connection, boolean moves) throws SourceException {
        try {
            return new OpenFile(connection, selection, cancellation, moves);
        } catch (SQLException e) {
            connection.discard();
            throw cancellation.failed(e, selection.file().name());
        }
    }

    private static void endTransaction(LentConnection connection) {
        try {
            connection.endTransaction();
        } catch (SQLException e) {
            // Whoever reads on is told by a connection that no longer works.
            connection.discard();
        }
    }

    @Override
    public void cancel() {
        cancellation.cancel();
        JdbcLeg begun = leg;
        if (begun != null) {
            begun.expire();
        }
    }

    @Override
    public void close() {
        LentConnection known = reading;
        reading = null;
        if (known != null) {
            if (cancellation.isCancelled()) {
                known.discard();
            }
            known.close();
        }
    }
}
