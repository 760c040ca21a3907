package dev.windrow.common.source.jdbc.connect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** A read-only connection while one reader has it. Belongs to one thread at a time. Closing it gives it back. */
public final class LentConnection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LentConnection.class);
    /** Since this version collations of PostgreSQL may be nondeterministic. */
    private static final int PLAIN_TEXTS_BEFORE = 12;

    private final OpenConnection open;
    private final Dialect dialect;
    private final Connection connection;
    private final KeptConnections kept;
    private final LegLimits free;
    private final LegLimits holding;
    /** Whether its transaction is a snapshot's, which others end. */
    private final boolean shared;

    private int rowsAtATime = Integer.MAX_VALUE;
    private int asked = 1;
    private long longestRow = RowMemory.MOST;
    private boolean bounded;
    private boolean lent;
    private boolean whole = true;
    private boolean begun;

    /** @param kept what it goes back to */
    LentConnection(OpenConnection open, KeptConnections kept, LegLimits free, LegLimits holding) {
        this(open, kept, free, holding, false);
    }

    private LentConnection(
            OpenConnection open, KeptConnections kept, LegLimits free, LegLimits holding, boolean shared) {
        this.open = open;
        this.dialect = open.dialect();
        this.connection = open.jdbc();
        this.kept = kept;
        this.free = free;
        this.holding = holding;
        this.shared = shared;
        this.lent = !shared;
    }

    public Dialect dialect() {
        return dialect;
    }

    public Connection connection() {
        return connection;
    }

    /** A statement that gives at most so many rows, which are few. */
    public PreparedStatement prepare(String sql, int maxRows) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (dialect.needsTransaction()) {
            statement.setMaxRows(maxRows);
        }
        return statement;
    }

    /** A statement of which only {@link #columns} are asked. */
    public PreparedStatement prepareColumns(String select) throws SQLException {
        return prepare(dialect == Dialect.DUCKDB ? "select * from (\n" + select + "\n) d limit 0" : select, 1);
    }

    /**
     * The columns of a statement that was prepared for that, when its parameters are bound. DuckDB knows a parameter's
     * type when the statement runs, so it runs there and gives no row.
     */
    public @Nullable ResultSetMetaData columns(PreparedStatement statement) throws SQLException {
        if (dialect != Dialect.DUCKDB) {
            return statement.getMetaData();
        }
        try (ResultSet none = statement.executeQuery()) {
            return none.getMetaData();
        }
    }

    /**
     * A statement that gives as many rows as there are, and streams them.
     *
     * @param fetchRows how many rows the driver is to ask for at a time
     */
    public PreparedStatement stream(String sql, int fetchRows) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (dialect.needsTransaction()) {
            asked = Math.min(fetchRows, rowsAtATime);
            statement.setFetchSize(asked);
        }
        return statement;
    }

    /**
     * Has the database refuse rows that are longer than these may be. PostgreSQL's driver was told when it connected,
     * and SQLite is told of values alone.
     *
     * @param columns how many of a row may be long
     */
    public void expect(RowMemory.Rows rows, int columns, RowMemory memory) throws SQLException {
        rowsAtATime = rows.atATime();
        if (dialect == Dialect.SQLITE) {
            limitValues(memory.mostOfAValue(rows, columns));
            longestRow = rows.alone() ? memory.most() : RowMemory.MOST;
            bounded = true;
        }
    }

    /** How many rows were asked for at a time by the last statement that streams; 1 where none was. */
    public int asked() {
        return asked;
    }

    /** The most bytes of a row whose values SQLite gives one by one. */
    public long longestRow() {
        return longestRow;
    }

    private void limitValues(long bytes) throws SQLException {
        ((SQLiteConnection) connection).setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, (int) bytes);
    }

    /**
     * Has SQLite read its pages anew. In WAL mode it takes those that it has for good as long as nobody writes through
     * SQLite, and another file that is copied over this one comes past it: rows of both would come.
     */
    public void forgetPages() throws SQLException {
        if (!shared) {
            execute("pragma shrink_memory");
        }
    }

    /** Has all statements until {@link #endTransaction} see one state; SQLite's see one each, else. */
    public void beginTransaction() throws SQLException {
        if (dialect == Dialect.SQLITE && !shared) {
            execute("begin");
            begun = true;
            // Takes the lock that a writer may hold.
            one("select 1 from sqlite_schema limit 1");
        }
    }

    /** Whether all is read in one state. */
    public boolean isSnapshot() {
        return shared;
    }

    /** Ends the read transaction, if there is one. Result sets must be closed before. */
    public void endTransaction() throws SQLException {
        if (dialect.needsTransaction() && !shared) {
            connection.rollback();
        } else if (begun) {
            begun = false;
            execute("rollback");
        }
    }

    /**
     * Ends the read transaction until the next leg. Where an open connection keeps writers out it is closed, and not
     * current any more.
     */
    public void rest() throws SQLException {
        endTransaction();
        if (dialect.keepsWritersOut()) {
            whole = false;
            connection.close();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Whether it is still one to the database that its URL means: a file may have been put in the place of the old one.
     */
    public boolean isCurrent() {
        return whole && (shared || open.isCurrent());
    }

    /** Whether a writer of the source has to wait for those who read: of a SQLite file with a rollback journal. */
    public boolean holdsWritersUp() throws SQLException {
        if (dialect != Dialect.SQLITE) {
            return false;
        }
        // A connection learns of another mode when it reads.
        one("select 1 from sqlite_schema limit 1");
        return !"wal".equalsIgnoreCase(one("pragma journal_mode"));
    }

    /**
     * Whether no collation takes different texts for equal, as PostgreSQL's nondeterministic ones do; told of
     * PostgreSQL alone.
     */
    public boolean takesTextsAsTheyAre() throws SQLException {
        return dialect != Dialect.POSTGRESQL
                || connection.getMetaData().getDatabaseMajorVersion() < PLAIN_TEXTS_BEFORE
                || one("select 1 from pg_catalog.pg_collation where not collisdeterministic limit 1")
                        .isEmpty();
    }

    /** What the first row of a statement says; empty where there is none. */
    public String one(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /** How long a leg may be open; null for as long as it has rows. */
    public @Nullable LegLimits limits() throws SQLException {
        if (shared) {
            return null;
        }
        return holdsWritersUp() ? holding : free;
    }

    /** Has it closed rather than kept: it failed, or was cancelled and the cancel may still be on its way. */
    public void discard() {
        whole = false;
    }

    /** The same connection for a reader within a snapshot: its close gives nothing back. */
    public LentConnection shared() {
        return new LentConnection(open, kept, free, holding, true);
    }

    @Override
    public void close() {
        if (lent) {
            lent = false;
            if (whole && !dialect.keepsWritersOut() && isEnded()) {
                kept.keep(open);
            } else {
                open.close();
            }
        }
    }

    private boolean isEnded() {
        try {
            endTransaction();
            if (bounded) {
                limitValues(RowMemory.MOST);
            }
            return true;
        } catch (SQLException e) {
            log.debug("A connection to {} could not end its transaction and is closed", open.source(), e);
            return false;
        }
    }
}
