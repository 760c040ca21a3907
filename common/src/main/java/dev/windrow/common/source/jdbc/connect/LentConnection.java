package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.catalog.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A read-only connection while one reader has it. Belongs to one thread at a time. Closing it gives it back. */
public final class LentConnection implements AutoCloseable {
    /** Since this version collations of PostgreSQL may be nondeterministic. */
    private static final int PLAIN_TEXTS_BEFORE = 12;

    private final SourceConnections owner;
    private final Source source;
    private final Dialect dialect;
    private final Connection connection;
    private final @Nullable SqliteFile file;
    /** Whether its transaction is a snapshot's, which others end. */
    private final boolean shared;

    private boolean lent = true;
    private boolean whole = true;
    private boolean begun;

    LentConnection(
            SourceConnections owner,
            Source source,
            Dialect dialect,
            Connection connection,
            @Nullable SqliteFile file,
            boolean shared) {
        this.owner = owner;
        this.source = source;
        this.dialect = dialect;
        this.connection = connection;
        this.file = file;
        this.shared = shared;
    }

    Source source() {
        return source;
    }

    public Dialect dialect() {
        return dialect;
    }

    public Connection connection() {
        return connection;
    }

    /** The file that was there when it was opened; null for other databases and for a name that is no file. */
    @Nullable SqliteFile file() {
        return file;
    }

    /** A statement that gives at most so many rows, which are few. */
    public PreparedStatement prepare(String sql, int maxRows) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (dialect.needsTransaction()) {
            statement.setMaxRows(maxRows);
        }
        return statement;
    }

    /**
     * A statement that gives as many rows as there are, and streams them.
     *
     * @param fetchRows how many rows the driver is to ask for at a time
     */
    public PreparedStatement stream(String sql, int fetchRows) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (dialect.needsTransaction()) {
            statement.setFetchSize(fetchRows);
        }
        return statement;
    }

    /**
     * Has SQLite read its pages anew. In WAL mode it takes those that it has for good as long as nobody writes through SQLite, and another file that is copied
     * over this one comes past it: rows of both would come.
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

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether it is still one to the database that its URL means: a file may have been put in the place of the old one. */
    public boolean isCurrent() {
        return whole && (shared || dialect != Dialect.SQLITE || Objects.equals(file, SqliteFile.of(source.url())));
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

    /** Whether no collation takes different texts for equal, as PostgreSQL's nondeterministic ones do; told of PostgreSQL alone. */
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
        return shared ? null : owner.limits(holdsWritersUp());
    }

    /** Has it closed rather than kept: it failed, or was cancelled and the cancel may still be on its way. */
    public void discard() {
        whole = false;
    }

    /** The same connection for its next reader, so that a late close by this one changes nothing. */
    LentConnection again() {
        return new LentConnection(owner, source, dialect, connection, file, false);
    }

    /** The same connection for a reader within a snapshot: its close gives nothing back. */
    public LentConnection shared() {
        LentConnection reader = new LentConnection(owner, source, dialect, connection, file, true);
        reader.lent = false;
        return reader;
    }

    @Override
    public void close() {
        if (lent) {
            lent = false;
            owner.giveBack(this, whole);
        }
    }
}
