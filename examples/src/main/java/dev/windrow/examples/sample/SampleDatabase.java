package dev.windrow.examples.sample;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** Makes a sample into an SQLite file. Immutable. */
public final class SampleDatabase {
    private final Sample sample;
    private final Sample.Layout layout;

    public SampleDatabase(Sample sample) {
        this.sample = sample;
        this.layout = sample.layout();
    }

    /** Where it is, or will be, below the folder of its catalog. */
    public Path in(Path folder) {
        return folder.resolve("sources").resolve(layout.name() + ".db");
    }

    /**
     * Makes the database, replacing one that is there. It is built beside its final name ({@code .building}), synced,
     * and renamed when complete, so the name never shows half a database.
     *
     * @param loadRows rows of what is made to be exported, at least 1; there are others beside
     * @param progress is told the rows of the main table written so far, every few thousand, on the caller's thread
     * @throws IOException if the database cannot be written
     */
    public void create(Path database, long loadRows, LongConsumer progress) throws IOException {
        if (loadRows < 1) {
            throw new IllegalArgumentException("loadRows must be at least 1: " + loadRows);
        }
        Path target = database.toAbsolutePath();
        Path folder = Files.createDirectories(Objects.requireNonNull(target.getParent(), "database: the root"));
        Path building = target.resolveSibling(target.getFileName() + ".building");
        Files.deleteIfExists(building);
        try (Connection connection = open(building)) {
            fill(connection, folder, loadRows, progress);
        } catch (SQLException e) {
            throw new IOException("Cannot make " + database + ": " + e.getMessage(), e);
        }
        try (FileChannel file = FileChannel.open(building, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        for (String companion : new String[] {"-wal", "-shm", "-journal"}) {
            Files.deleteIfExists(target.resolveSibling(target.getFileName() + companion));
        }
        Files.move(building, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** How many rows of the main table {@link #create} writes in all. */
    public long rowsInAll(long loadRows) {
        return loadRows + layout.rowsBeside();
    }

    /** The load rows that a database was made with; empty if there is none, or one that this version does not know. */
    public OptionalLong loadRows(Path database) {
        if (!Files.isRegularFile(database)) {
            return OptionalLong.empty();
        }
        try (Connection connection = open(database);
                Statement statement = connection.createStatement()) {
            return single(statement, "pragma user_version") == layout.version()
                    ? OptionalLong.of(single(statement, layout.loadRowsQuery()))
                    : OptionalLong.empty();
        } catch (SQLException e) {
            return OptionalLong.empty();
        }
    }

    private void fill(Connection connection, Path folder, long loadRows, LongConsumer progress)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            // Half a database is thrown away, so nothing needs to be undone or synced while it is built.
            statement.execute("pragma journal_mode = off");
            statement.execute("pragma synchronous = off");
            statement.execute("pragma locking_mode = exclusive");
            statement.execute("pragma cache_size = -16384");
            statement.executeUpdate(layout.schema());
            connection.setAutoCommit(false);
            try (Tables tables = new Tables(connection, layout.mainTable(), progress)) {
                sample.write(tables, folder, loadRows);
                tables.send();
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.executeUpdate(layout.indexes());
            statement.execute("pragma user_version = " + layout.version());
            statement.execute("pragma analysis_limit = 1000");
            statement.execute("analyze");
        }
    }

    private static long single(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
