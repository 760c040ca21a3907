package dev.windrow.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.examples.Example;
import dev.windrow.testkit.Http.Answer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history of a recorder's run: fields that vary by row, and a recorder that goes on while it is exported. */
@Tag("slow")
final class VibrationExampleIT extends ServedExample {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    @BeforeAll
    static void serveExample() throws SQLException {
        make(Example.VIBRATION);
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            // As a recorder keeps it, so that readers and it do not wait for each other.
            statement.execute("pragma journal_mode = wal");
        }
        serve();
    }

    @ParameterizedTest
    @CsvSource({
        "load,10000,fb21f91fe7570c8fcf7f01623c33abc08e0cc4c22f388c5f5540f06ae221bbb1",
        "real-hero7,3369,f615f39b6221afe3d2d08ddac9902012228ef2531e7969cad147417a0b11848b",
        "real-hero11,2192,03457723b1318db96715ef4676c4d8f0e20d419bcb456c460a2146af3440188d",
        "30min-4x4hz,28800,c24763ac0edbe0bfaabad9dabc4bc3e214178a50c8a844f3657fe1c6f407d3e2",
        "empty,0,5c61d5e821262e4113c42f4f676449ffeae3d7dcab4122593f5f0e262dc95ba6",
        "hostile,41,4a9978d8ee02f1ae4add482425ad24148d3603bb364c2768198b5e80f54b4826",
        "hostile-nonfinite,4,b6c5fe0d5f7e8d37db39987f6612581c1a97306991f0cbb9e419a0e783a62de4",
        "hostile-corrupt,7,7f0b374e3fefcb4a37128200b0f06a9fa91e0ff46c3d258de80aeab461c69068",
        "hostile-duplicate-key,1,91dc3be8e8a209e22d528dba13194b14fc2074fdbe024ab087fbce8e2f10522d",
        "hostile-exponent,1,5c63f9f555d8ea41f80401b3cb63ed8ed0cf933327f0cc03e572e72c296a4c65",
        "hostile-lone-surrogate,1,731a231489c2355860e5d714c455f9744b16bbebdaf72b7e8f33e12cd971f5f9"
    })
    void bringsTheSamplesAsRecorded(String run, int rows, String sha256) {
        JsonNode export = client.complete(request("recorded-samples", run, "," + CanonicalCsv.OPTIONS));

        assertThat(export.at("/progress/rowsWritten").asInt()).isEqualTo(rows);
        assertThat(CanonicalCsv.digest(entries(export).get("samples.csv"))).isEqualTo(sha256);
    }

    @Test
    void makesAColumnOfEachFieldAndLosesNoneThatComesLate() {
        Map<String, byte[]> entries = entries(client.complete(request("run", "load", "")));
        List<List<String>> csv = CsvText.lines(new String(entries.get("samples.csv"), UTF_8), ',', "\r\n");

        assertThat(entries.keySet()).containsExactly("run.json", "samples.csv", "datapackage.json", "manifest.json");
        assertThat(csv.get(0))
                .startsWith("id", "record_type", "schema_version", "run_id", "timestamp_utc", "t_s", "t_ns")
                .contains("dominant_freq_hz", "top_peaks", "gyro_rad_s")
                .doesNotContain("fw_build", "humidity_pct", "shutdown_reason")
                .endsWith("_extra");
        assertThat(csv.get(10_000).get(csv.get(0).size() - 1))
                .startsWith("{\"fw_build\":\"2.0.0\",\"humidity_pct\":")
                .endsWith("\"shutdown_reason\":\"ignition off, battery \\\"low\\\"\"}");
        assertSameFields(csv, "load");
    }

    @ParameterizedTest
    @CsvSource({"real-hero7", "30min-4x4hz", "hostile", "hostile-nonfinite"})
    void bringsEveryFieldOfEverySample(String run) {
        byte[] samples = entries(client.complete(request("run", run, ""))).get("samples.csv");

        assertSameFields(CsvText.lines(new String(samples, UTF_8), ',', "\r\n"), run);
    }

    @Test
    void bringsWhatWasNotedOfTheRun() {
        byte[] run = entries(client.complete(request("run", "real-hero7", ""))).get("run.json");

        JsonNode object = JSON.readTree(run);
        assertThat(object.path("run_id").asString()).isEqualTo("real-hero7");
        assertThat(object.at("/metadata/sensor_model").asString()).isNotEmpty();
        assertThat(object.at("/analysis/rows").asInt()).isEqualTo(3369);
        assertThat(object.path("error_message").isNull()).isTrue();
    }

    @Test
    void knowsNoOtherRun() {
        Answer answer = client.post(request("run", "run-9", ""));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asString()).isEqualTo("Run run-9 not found");
    }

    /** It waits for nobody: a lock that it met would fail it at once. */
    @Test
    void neverHoldsUpARecorderThatWritesIntoTheSameDatabase() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        String export = client.start(request("run", "30min-4x4hz", ""));
        CompletableFuture<Integer> recorder = CompletableFuture.supplyAsync(() -> record(ended));
        JsonNode completed = client.awaitState(export, "completed");
        ended.set(true);

        assertThat(recorder.get(30, TimeUnit.SECONDS)).isPositive();
        assertThat(completed.at("/progress/rowsWritten").asInt()).isEqualTo(28_801);
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                var checkpoint = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
            assertThat(checkpoint.getInt("busy")).as("a reader that stayed").isZero();
        }
    }

    /** Appends samples, a transaction each, until it is told to end. */
    private static int record(AtomicBoolean ended) {
        int written = 0;
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 0");
            while (!ended.get() || written == 0) {
                statement.executeUpdate(
                        "insert into samples(run_id, sample_json) values ('still-recording', '{\"v\": 1}')");
                written++;
            }
            return written;
        } catch (SQLException e) {
            throw new IllegalStateException("after " + written + " samples", e);
        }
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + database);
    }

    private static void assertSameFields(List<List<String>> csv, String run) {
        List<List<Object>> source = SourceRows.query(
                database, "select id, sample_json from samples where run_id = '" + run + "' order by id");
        assertThat(csv).hasSize(source.size() + 1);
        for (int row = 0; row < source.size(); row++) {
            List<String> cells = csv.get(row + 1);
            assertThat(cells.get(0)).isEqualTo(source.get(row).get(0).toString());
            assertSameFields(fields(csv.get(0), cells), JSON.readTree((String)
                    source.get(row).get(1)));
        }
    }

    /** Those that have a value, by name, the late ones too. */
    private static Map<String, String> fields(List<String> header, List<String> cells) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < header.size(); i++) {
            String cell = cells.get(i);
            if (cell != null && header.get(i).equals("_extra")) {
                JSON.readTree(cell)
                        .properties()
                        .forEach(late -> fields.put(
                                late.getKey(),
                                late.getValue().isContainer()
                                        ? late.getValue().toString()
                                        : late.getValue().asString()));
            } else if (cell != null) {
                fields.put(header.get(i), cell);
            }
        }
        return fields;
    }

    private static void assertSameFields(Map<String, String> exported, JsonNode sample) {
        Map<String, String> left = new HashMap<>(exported);
        sample.properties().forEach(field -> {
            String cell = left.remove(field.getKey());
            JsonNode value = field.getValue();
            if (!(value.isNull() ? cell == null : same(cell, value))) {
                throw new AssertionError(field.getKey() + ": " + cell + " is not " + value);
            }
        });
        assertThat(left).isEmpty();
    }

    private static boolean same(String cell, JsonNode value) {
        if (cell == null || cell.equals(value.asString(""))) {
            return cell != null;
        }
        return value.isContainer()
                ? JSON.readTree(cell).equals(value)
                : value.isNumber() && new BigDecimal(cell).compareTo(value.decimalValue()) == 0;
    }

    private static String request(String dataset, String run, String more) {
        return "{\"dataset\":\"" + dataset + "\",\"parameters\":{\"run_id\":\"" + run + "\"}" + more + "}";
    }
}
