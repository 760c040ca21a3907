package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.RowMemory;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.sql.MovingKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file by key on one connection, and counts it on another. */
final class JdbcRowReader implements RowReader {
    private static final Set<ColumnType> MAY_BE_LONG =
            EnumSet.of(ColumnType.STRING, ColumnType.JSON, ColumnType.BYTES, ColumnType.ANY);

    private final Lender lender;
    private final RowSelection selection;
    private final Dialect dialect;
    private final SourceConnections connections;
    private final RowMemory memory;
    private final Cancellation cancellation;
    private final RowMemory.Rows first;
    private RowMemory.Rows rows;
    private @Nullable LentConnection reading;
    /** Whether that one was lent for rows that are read alone. */
    private boolean readingAlone;

    private @Nullable Boolean keyMoves;
    private volatile @Nullable FittingLeg leg;

    /** Where connections come from. */
    @FunctionalInterface
    interface Lender {
        /** The caller closes it. */
        LentConnection lend(RowMemory.Rows rows) throws SourceException;
    }

    /**
     * @param connections whose memory and timer are used
     * @param first how the first rows are read
     */
    JdbcRowReader(Lender lender, RowSelection selection, SourceConnections connections, RowMemory.Rows first) {
        this.lender = lender;
        this.selection = selection;
        this.dialect = Dialect.of(selection.source().url());
        this.connections = connections;
        this.memory = connections.memory();
        this.rows = first;
        this.first = first;
        this.cancellation = new Cancellation(dialect);
    }

    /** Whether a statement is with the database, so that a cancel would have something to stop. */
    boolean isRunning() {
        return cancellation.isRunning();
    }

    @Override
    public @Nullable String lastPosition() throws SourceException {
        while (true) {
            try (RowMemory.Turn turn = memory.turn(rows, cancellation)) {
                return boundOfRows();
            } catch (SourceException e) {
                readLongerRows(e, true);
            }
        }
    }

    private @Nullable String boundOfRows() throws SourceException {
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
        try (LentConnection connection = lender.lend(RowMemory.Rows.USUAL);
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
        rows = expectsHuge() ? RowMemory.Rows.HUGE : rows.shorter();
        FittingLeg begun = new FittingLeg(after, bound);
        leg = begun;
        begun.begin();
        return begun;
    }

    /** Whether another reader, which could not go on in the middle either, has met rows that are long. */
    private boolean expectsHuge() {
        return first.alone()
                || memory.expected(selection.source(), selection.file().query()).alone();
    }

    private JdbcLeg begin(@Nullable String after, String bound) throws SourceException {
        LentConnection connection = reading();
        OpenFile file = openToRead(connection);
        JdbcLeg begun = null;
        try {
            begun = new JdbcLeg(
                    file,
                    cancellation,
                    position(bound),
                    after == null ? null : position(after),
                    connections.timer(),
                    limits(connection));
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

    /** Null for a leg without an end. */
    private @Nullable LegLimits limits(LentConnection connection) throws SQLException {
        if (selection.file().key().isEmpty()) {
            return null;
        }
        LegLimits limits = connection.limits();
        // Others wait for their turn.
        return limits == null && rows.alone() ? LegLimits.FREE : limits;
    }

    /**
     * Has what did not fit read in a larger share of the memory.
     *
     * @param goesOn whether this reader can do so
     * @throws SourceException the fault itself, where it is another; or that no share is large enough; or one that may
     *     pass, where the next reader can
     */
    private void readLongerRows(SourceException fault, boolean goesOn) throws SourceException {
        if (fault.kind() != Kind.ROW_TOO_LONG) {
            throw fault;
        }
        LentConnection known = reading;
        // PostgreSQL's driver has closed the connection by now, and with it the snapshot.
        boolean isLost = known != null && known.isSnapshot() && dialect == Dialect.POSTGRESQL;
        // A snapshot's connection has what its first rows were given, however this file's rows are read.
        if (isLost ? first.alone() : rows.alone()) {
            throw new SourceException(
                    Kind.ROW_TOO_LONG,
                    String.format(
                            Locale.ROOT,
                            "A row of file %s has more than the %,d bytes that this server's memory has for one row, as the database sends it. Leave its long column out, or have an operator give the server more memory.",
                            selection.file().name(),
                            memory.most()),
                    fault);
        }
        if (isLost || !goesOn) {
            memory.expectHuge(
                    selection.source(), isLost ? null : selection.file().query());
            throw new SourceException(
                    Kind.UNAVAILABLE,
                    "Rows of file " + selection.file().name()
                            + " are longer than was expected; they are read again, one at a time.",
                    fault);
        }
        rows = rows.longer(known == null || dialect == Dialect.SQLITE ? 1 : known.asked());
    }

    /** A leg that begins again where it is, in a larger share of the memory, where a row does not fit. */
    final class FittingLeg implements Leg {
        private final String bound;
        private @Nullable String after;
        private RowMemory.@Nullable Turn turn;
        private volatile @Nullable JdbcLeg open;
        private boolean given;
        private boolean paused;

        private FittingLeg(@Nullable String after, String bound) {
            this.after = after;
            this.bound = bound;
        }

        /** Ends the leg if its reader is paused; any thread. */
        void expire() {
            JdbcLeg known = open;
            if (known != null) {
                known.expire();
            }
        }

        private void begin() throws SourceException {
            while (open == null) {
                turn = memory.turn(rows, cancellation);
                try {
                    open = JdbcRowReader.this.begin(after, bound);
                } catch (SourceException e) {
                    readLongerRows(e, true);
                } finally {
                    if (open == null) {
                        turn.close();
                    }
                }
            }
        }

        private JdbcLeg open() {
            return Objects.requireNonNull(open);
        }

        @Override
        public boolean next() throws SourceException {
            // Of PostgreSQL the driver holds the next row by now.
            if (paused && dialect == Dialect.SQLITE) {
                Objects.requireNonNull(turn).pass();
            }
            paused = false;
            while (true) {
                try {
                    boolean more = open().next();
                    given |= more;
                    return more;
                } catch (SourceException e) {
                    // A key that may move proves that it names its row by the row, which can't be read any more.
                    boolean moves = selection.file().key().isEmpty() || Boolean.TRUE.equals(keyMoves);
                    readLongerRows(e, !given || !moves);
                    beginAgain();
                }
            }
        }

        private void beginAgain() throws SourceException {
            after = given ? open().position() : after;
            given = false;
            close();
            open = null;
            begin();
        }

        @Override
        public void copyTo(RowSink sink) throws SourceException {
            try {
                open().copyTo(sink);
            } catch (SourceException e) {
                // Nothing takes back what the sink has of the row, but only one that is read alone is cut so.
                readLongerRows(e, false);
            }
        }

        @Override
        public int keyHash() {
            return open().keyHash();
        }

        @Override
        public String position() {
            // Where others have taken away what was left while this waited for its turn.
            return !given && after != null ? after : open().position();
        }

        @Override
        public void pause() {
            paused = true;
            open().pause();
        }

        @Override
        public boolean isLast() {
            return open().isLast();
        }

        @Override
        public void close() {
            JdbcLeg known = open;
            try {
                if (known != null) {
                    known.close();
                }
            } finally {
                if (turn != null) {
                    turn.close();
                }
            }
        }
    }

    private int longColumns() {
        return (int) selection.columns().stream()
                .filter(column -> MAY_BE_LONG.contains(column.type()))
                .count();
    }

    private Position position(String position) throws SourceException {
        return Position.read(position, selection.file().key(), selection.file().name());
    }

    /** The connection for this reader's legs, as long as it is one to the database that is there now. */
    private LentConnection reading() throws SourceException {
        cancellation.check();
        LentConnection known = reading;
        LentConnection lent = known;
        if (lent == null || !lent.isCurrent() || rows.alone() != readingAlone) {
            close();
            lent = lender.lend(rows);
            reading = lent;
            readingAlone = rows.alone();
        }
        try {
            lent.expect(rows, longColumns(), memory);
            return lent;
        } catch (SQLException e) {
            lent.discard();
            throw cancellation.failed(e, selection.file().name());
        }
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
            connection.rest();
        } catch (SQLException e) {
            // Whoever reads on is told by a connection that no longer works.
            connection.discard();
        }
    }

    @Override
    public void cancel() {
        cancellation.cancel();
        FittingLeg begun = leg;
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
