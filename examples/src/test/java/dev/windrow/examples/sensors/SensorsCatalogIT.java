package dev.windrow.examples.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalog's queries against its database, read as the engine reads: a batch after a key. */
class SensorsCatalogIT {
    @TempDir
    static Path folder;

    @BeforeAll
    static void makeExample() throws IOException {
        SensorsExample.create(folder, 20_000, rows -> {});
    }

    @Test
    void theCatalogLiesBesideItsDatabase() {
        assertThat(folder.resolve("catalog.yaml")).content().contains("jdbc:sqlite:sources/sensors.db");
        assertThat(SensorsExample.loadRows(folder)).hasValue(20_000);
    }

    /** SQLite seeks by one lower bound; were it the parameter's, each batch would cost as much as all before it. */
    @ParameterizedTest
    @CsvSource({"timestamp_ms > ?, timestamp_ms", "timestamp_ms < ?, timestamp_ms desc"})
    void aBatchSeeksToItsPositionAndSortsNothing(String after, String order) throws Exception {
        String batch = "select timestamp_ms, value, quality from (" + readingsQuery() + ") q where " + after
                + " order by " + order + " limit 1001";
        assertThat(plan(batch))
                .hasSize(3)
                .first()
                .asString()
                .matches("SEARCH readings USING PRIMARY KEY \\(sensor=\\? AND timestamp_ms[<>]\\?\\)");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "load, -, -, 20000",
                "load, 1704067200000, 1704067200100, 10",
                "sunspots, -, 0, 270",
                "hostile, -, -, 53",
                "empty, -, -, 0",
                "nobody, -, -, 0"
            })
    void readsTheReadingsOfOneSensorBetweenTwoTimes(
            String sensor, @Nullable Long from, @Nullable Long to, long expected) throws Exception {
        String query = "select count(*) from (" + readingsQuery() + ")";
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setObject(1, sensor);
            statement.setObject(2, from);
            statement.setObject(3, from);
            statement.setObject(4, to);
            statement.setObject(5, to);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.getLong(1)).isEqualTo(expected);
            }
        }
    }

    private static String readingsQuery() throws IOException {
        Matcher folded = Pattern.compile("query: >\\R((?: {10}.*\\R)+)").matcher(SensorsExample.catalog());
        assertThat(folded.find()).isTrue();
        return folded.group(1).replaceAll(":\\w+", "?");
    }

    private static List<String> plan(String query) throws SQLException {
        try (Connection connection = open();
                PreparedStatement statement = connection.prepareStatement("explain query plan " + query);
                ResultSet steps = statement.executeQuery()) {
            List<String> plan = new ArrayList<>();
            while (steps.next()) {
                plan.add(steps.getString("detail"));
            }
            return plan;
        }
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + SensorsExample.database(folder));
    }
}
