package dev.windrow.examples.sensors;

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
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The sample database of sensors, an SQLite file. The same number of rows gives the same rows on every machine. */
final class SensorsDatabase {
    /** Changes when the rows do: a database of another version is made anew. */
    private static final int VERSION = 1;

    private static final String SCHEMA_SENSORS = """
            CREATE TABLE sensors(id INTEGER PRIMARY KEY, sensor_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, \
            unit TEXT, source TEXT NOT NULL)""";
    private static final String SCHEMA_READINGS = """
            CREATE TABLE readings(sensor INTEGER NOT NULL REFERENCES sensors(id), timestamp_ms INTEGER NOT NULL, \
            value REAL, quality INTEGER, PRIMARY KEY(sensor, timestamp_ms)) WITHOUT ROWID""";

    private SensorsDatabase() {}

    /**
     * Makes the database, replacing one that is there. It is built beside its final name ({@code .building}), synced,
     * and renamed when complete, so the name never shows half a database.
     *
     * @param loadRows readings of the sensor {@code load}, at least 1; the other sensors have some 160,000 together
     * @param progress is told the readings written so far (all sensors), every few thousand, on the caller's thread
     * @throws IOException if the database cannot be written
     */
    static void create(Path database, long loadRows, LongConsumer progress) throws IOException {
        if (loadRows < 1) {
            throw new IllegalArgumentException("loadRows must be at least 1: " + loadRows);
        }
        Path target = database.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path building = target.resolveSibling(target.getFileName() + ".building");
        Files.deleteIfExists(building);
        try (Connection connection = open(building)) {
            fill(connection, loadRows, progress);
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

    /** How many rows {@link #create} writes in all. */
    static long rowsInAll(long loadRows) {
        return loadRows + 161_510;
    }

    /** The load rows that a database was made with; empty if there is none, or one that this version does not know. */
    static OptionalLong loadRows(Path database) {
        if (!Files.isRegularFile(database)) {
            return OptionalLong.empty();
        }
        try (Connection connection = open(database);
                Statement statement = connection.createStatement()) {
            if (single(statement, "pragma user_version") != VERSION) {
                return OptionalLong.empty();
            }
            long last = single(statement, "select max(timestamp_ms) from readings where sensor = 1");
            return OptionalLong.of((last - HeartSensors.LOAD_START_MS) / HeartSensors.LOAD_STEP_MS + 1);
        } catch (SQLException e) {
            return OptionalLong.empty();
        }
    }

    private static void fill(Connection connection, long loadRows, LongConsumer progress)
            throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            // Half a database is thrown away, so nothing needs to be undone or synced while it is built.
            statement.execute("pragma journal_mode = off");
            statement.execute("pragma synchronous = off");
            statement.execute("pragma locking_mode = exclusive");
            statement.execute("pragma cache_size = -16384");
            statement.execute(SCHEMA_SENSORS);
            statement.execute(SCHEMA_READINGS);
            connection.setAutoCommit(false);
            try (SensorsWriter writer = new SensorsWriter(connection, progress)) {
                writeAll(writer, loadRows);
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("pragma user_version = " + VERSION);
            statement.execute("pragma analysis_limit = 1000");
            statement.execute("analyze");
        }
    }

    private static void writeAll(SensorsWriter writer, long loadRows) throws SQLException, IOException {
        HeartSensors heart = new HeartSensors();
        writer.write(heart.load(loadRows));
        writer.write(heart.recording());
        for (Sensor sensor : RecordedSensors.all()) {
            writer.write(sensor);
        }
        writer.write(new Sensor("empty", "Never reported", null, "none", Stream.empty()));
        writer.write(HostileSensor.sensor());
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
