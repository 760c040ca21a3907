package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.examples.Example;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The readings of a sensor, which many ask for at once and open in a spreadsheet. */
final class SensorsExampleIT extends ServedExample {
    @BeforeAll
    static void serveExample() {
        make(Example.SENSORS);
        serve();
    }

    @ParameterizedTest
    @CsvSource({
        "load,10000,f38ee123f4911e7693cac8597a755787031b2002609d1d82ca233ecbeebc0866",
        "ecg-208,108000,e8ca44b06c5bdf3e605c016b0823a7385dfa88f64acf67ab6e1dde71bf75c843",
        "co2-mlo,2284,f1604afa3efb89b369e904bc4abdce966a05c23633ce88c8c4d6ee2788f2a14b",
        "sunspots,309,d632e1b3ab87b1a2362a47ef71d5f695eb8f2b754904978392b031eb0cd17547",
        "usgs-quakes,1707,f7b5ec29ff3398e53111c137ac1742cd2496ea4ded4af22bfb4b110dbd276cbb",
        "empty,0,f6748b18240f18b79dda2c0de84a46d109eac338280f4a74d3a40cedb53c72f5"
    })
    void bringsEveryReading(String sensor, int rows, String sha256) {
        JsonNode export = client.complete(request(sensor));

        assertThat(export.at("/progress/rowsWritten").asInt()).isEqualTo(rows);
        assertThat(CanonicalCsv.digest(csv(export))).isEqualTo(sha256);
    }

    @Test
    void knowsNoOtherSensor() {
        Answer answer = client.post(request("s-9"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/subject-not-found");
        assertThat(answer.json().path("detail").asString()).isEqualTo("Sensor s-9 not found");
    }

    @Test
    void bringsTenAtOnceTheSame() {
        List<String> exports = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            exports.add(client.start(request("load")));
        }

        assertThat(exports)
                .extracting(export -> CanonicalCsv.digest(csv(client.awaitState(export, "completed"))))
                .containsOnly("f38ee123f4911e7693cac8597a755787031b2002609d1d82ca233ecbeebc0866");
    }

    @Test
    void opensInASpreadsheet(@TempDir Path folder) throws IOException {
        requireLibreOffice();
        Path file = Files.write(folder.resolve("readings.csv"), csv(client.complete(request("load"))));
        Path out = Files.createDirectory(folder.resolve("out"));

        ProcessRun office = ProcessRun.of(
                folder,
                List.of(
                        "soffice",
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        "csv:Text - txt - csv (StarCalc):44,34,76,1",
                        "--outdir",
                        out.toString(),
                        file.toString()));

        assertThat(office.exit()).as(office.all()).isZero();
        assertThat(numbers(out.resolve("readings.csv"))).isEqualTo(numbers(file));
    }

    /** It may be missing on a developer's machine, and must not be in CI. */
    private static void requireLibreOffice() {
        Machine.requireProgram("that a spreadsheet opens an export", "soffice", "libreoffice-calc-nogui");
    }

    /** The cells below the header, as numbers where there are any. */
    private static List<List<Double>> numbers(Path csv) throws IOException {
        return CsvText.lines(Files.readString(csv), ',', "\n").stream()
                .skip(1)
                .map(line -> line.stream()
                        .map(cell -> cell == null ? Double.NaN : Double.parseDouble(cell))
                        .toList())
                .toList();
    }

    private static String request(String sensor) {
        return "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"" + sensor + "\"},"
                + CanonicalCsv.OPTIONS + "}";
    }

    private static byte[] csv(JsonNode export) {
        return entries(export).get("readings.csv");
    }
}
