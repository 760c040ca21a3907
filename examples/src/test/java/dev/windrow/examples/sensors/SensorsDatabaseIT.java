package dev.windrow.examples.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digests were computed by another program from a database that it had built itself of the same recordings. */
class SensorsDatabaseIT {
    private static final String ROWS_OF = "SELECT timestamp_ms, value, quality FROM readings WHERE sensor=";
    private static final List<Long> PROGRESS = new ArrayList<>();

    @TempDir
    static Path folder;

    private static Path database;

    @BeforeAll
    static void makeDatabase() throws IOException {
        database = folder.resolve("sources").resolve("sensors.db");
        SensorsDatabase.create(database, 10_000, PROGRESS::add);
    }

    @Test
    void theLoadIsTheKnownOne() throws Exception {
        assertThat(csvDigest(ROWS_OF + "1 ORDER BY timestamp_ms"))
                .isEqualTo("f38ee123f4911e7693cac8597a755787031b2002609d1d82ca233ecbeebc0866");
    }

    @Test
    void theRecordingOfAHeartIsTheKnownOne() throws Exception {
        assertThat(csvDigest(ROWS_OF + "2 ORDER BY timestamp_ms"))
                .isEqualTo("e8ca44b06c5bdf3e605c016b0823a7385dfa88f64acf67ab6e1dde71bf75c843");
    }

    @Test
    void everyReadingIsTheKnownOneToTheBit() throws Exception {
        assertThat(digest("select sensor, timestamp_ms, value, quality from readings order by 1, 2", ","))
                .isEqualTo("87eeef0ae063cf9a101f51d7d8349c9d11803ce609c5371419970a4bd0b5c491");
    }

    @Test
    void everySensorIsTheKnownOne() throws Exception {
        assertThat(digest("select * from sensors order by id", "|"))
                .isEqualTo("786f28db4ca8583ef216bb773c4131dfe0de089f5fa8ebf69c3a75358bffcd9a");
    }

    @Test
    void tellsItsLoadRows() {
        assertThat(SensorsDatabase.loadRows(database)).hasValue(10_000);
        assertThat(SensorsDatabase.loadRows(folder.resolve("none.db"))).isEmpty();
    }

    @Test
    void aFileThatIsNoSensorsDatabaseHasNoLoadRows() throws IOException {
        Path text = Files.writeString(folder.resolve("text.db"), "no database at all, but long enough to look at");
        assertThat(SensorsDatabase.loadRows(text)).isEmpty();
    }

    @Test
    void progressGrowsToAllRows() {
        assertThat(PROGRESS).isSorted().doesNotHaveDuplicates().endsWith(SensorsDatabase.rowsInAll(10_000));
    }

    @Test
    void replacesADatabaseAndWhatAnUnfinishedBuildLeft(@TempDir Path other) throws Exception {
        Path again = other.resolve("sensors.db");
        Files.writeString(again, "an old one");
        Files.writeString(other.resolve("sensors.db.building"), "half of one");
        SensorsDatabase.create(again, 1, rows -> {});
        assertThat(SensorsDatabase.loadRows(again)).hasValue(1);
        try (var files = Files.list(other)) {
            assertThat(files).containsExactly(again);
        }
    }

    @Test
    void refusesALoadOfNoRows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SensorsDatabase.create(folder.resolve("x.db"), 0, rows -> {}))
                .withMessage("loadRows must be at least 1: 0");
    }

    @Test
    void saysWhichDatabaseCannotBeMade() throws IOException {
        Path notAFile =
                Files.createDirectories(folder.resolve("folder.db.building").resolve("in"));
        assertThat(notAFile).exists();
        assertThatThrownBy(() -> SensorsDatabase.create(folder.resolve("folder.db"), 1, rows -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("folder.db");
    }

    private static String csvDigest(String query) throws Exception {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            MessageDigest digest = sha256();
            digest.update(utf8("timestamp_ms,value,quality\n"));
            while (rows.next()) {
                digest.update(utf8(rows.getLong(1) + "," + text(rows, 2) + "," + text(rows, 3) + "\n"));
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static String text(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        return value == null ? "" : value.toString();
    }

    /** Doubles as the hexadecimal digits of their bits, so that no printer of numbers matters. */
    private static String digest(String query, String delimiter) throws Exception {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            MessageDigest digest = sha256();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringJoiner row = new StringJoiner(delimiter, "", "\n");
                for (int column = 1; column <= columns; column++) {
                    row.add(
                            rows.getObject(column) instanceof Double d
                                    ? HexFormat.of().toHexDigits(Double.doubleToRawLongBits(d))
                                    : text(rows, column));
                }
                digest.update(utf8(row.toString()));
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + database);
    }
}
