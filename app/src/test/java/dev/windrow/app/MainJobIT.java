package dev.windrow.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.WindowClient;
import dev.windrow.testkit.WindrowJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main job of the whole product: an export is started, and what arrives is what the source holds. */
final class MainJobIT {
    private static final Path SOURCE = Samples.sensors().resolve("sources/sensors.db");
    private static final String READINGS =
            " from readings where sensor = (select id from sensors where sensor_id = '%s') order by timestamp_ms";

    @TempDir
    private static Path home;

    private static RunningWindow window;
    private static WindowClient client;

    @BeforeAll
    static void serve() {
        window = RunningWindow.sensors(home);
        client = window.client;
    }

    @AfterAll
    static void stop() {
        window.close();
    }

    @ParameterizedTest
    @CsvSource({"load,20000", "hostile,53", "empty,0"})
    void bringsEveryReadingOfTheSource(String sensor, int rows) {
        JsonNode export = client.complete(readings(sensor, ""));
        List<List<Object>> source =
                SourceRows.query(SOURCE, "select timestamp_ms, value, quality" + READINGS.replace("%s", sensor));
        List<List<String>> csv = lines(client.archive(export), "readings.csv", ',', "\r\n");

        assertThat(csv.get(0)).containsExactly("timestamp_ms", "value", "quality");
        SourceRows.assertSame(csv.subList(1, csv.size()), source);
        assertThat(source).hasSize(rows);
        assertThat(export.at("/progress/rowsWritten").asInt()).isEqualTo(source.size());
        assertThat(export.at("/progress/rowsTotal").asInt()).isEqualTo(source.size());
    }

    @Test
    void bringsNamesThatNobodyExpects() {
        JsonNode export = client.complete("{\"dataset\":\"sensors\"}");
        List<List<String>> csv = lines(client.archive(export), "sensors.csv", ',', "\r\n");

        SourceRows.assertSame(
                csv.subList(1, csv.size()),
                SourceRows.query(SOURCE, "select sensor_id, name, unit, source from sensors order by sensor_id"));
        assertThat(csv)
                .anySatisfy(
                        row -> assertThat(row.get(1)).startsWith("=HYPERLINK").contains("\n\"quoted\""));
    }

    @ParameterizedTest
    @CsvSource({"true,;,lf,escape", "true,',',crlf,raw", "false,|,lf,raw", "false,\t,crlf,escape"})
    void writesCsvAsAsked(boolean bom, String delimiter, String lineEnding, String formulas) {
        String tab = delimiter == null ? "\t" : delimiter;
        JsonNode export = client.complete("{\"dataset\":\"sensors\",\"options\":{\"csv\":{\"bom\":" + bom
                + ",\"delimiter\":\"" + (tab.equals("\t") ? "\\t" : tab) + "\",\"lineEnding\":\"" + lineEnding
                + "\",\"formulas\":\"" + formulas + "\"}}}");
        byte[] csv = ZipText.entries(client.archive(export)).get("sensors.csv");
        String text = new String(csv, UTF_8);

        assertThat(text.startsWith("\ufeff")).isEqualTo(bom);
        List<List<String>> rows =
                CsvText.lines(text.substring(bom ? 1 : 0), tab.charAt(0), lineEnding.equals("lf") ? "\n" : "\r\n");
        List<List<Object>> source =
                SourceRows.query(SOURCE, "select sensor_id, name, unit, source from sensors order by sensor_id");
        assertThat(rows).hasSize(source.size() + 1);
        int hostile = source.stream().map(row -> row.get(0)).toList().indexOf("hostile");
        String name = source.get(hostile).get(1).toString();
        assertThat(rows.get(hostile + 1).get(1)).isEqualTo(formulas.equals("escape") ? "'" + name : name);
    }

    @Test
    void leavesNegativeNumbersWithoutAGuardWhereFormulasAreEscaped() {
        JsonNode export = client.complete(readings("hostile", ",\"options\":{\"csv\":{\"formulas\":\"escape\"}}"));
        List<List<String>> csv = lines(client.archive(export), "readings.csv", ',', "\r\n");

        assertThat(csv).anySatisfy(row -> assertThat(row.get(0)).isEqualTo("-9223372036854775808"));
        assertThat(csv).anySatisfy(row -> assertThat(row.get(1)).isEqualTo("-1.7976931348623157E308"));
    }

    @Test
    void bringsTheColumnsAskedForInTheirOrder() {
        JsonNode export = client.complete(readings("hostile", ",\"columns\":[\"quality\",\"timestamp_ms\"]"));
        List<List<String>> csv = lines(client.archive(export), "readings.csv", ',', "\r\n");

        assertThat(csv.get(0)).containsExactly("quality", "timestamp_ms");
        SourceRows.assertSame(
                csv.subList(1, csv.size()),
                SourceRows.query(SOURCE, "select quality, timestamp_ms" + READINGS.replace("%s", "hostile")));
    }

    @Test
    void keepsTheBoundsOfTheTimesAskedFor() {
        JsonNode export = client.complete(
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"hostile\",\"start_ts\":-1,\"end_ts\":2}}");
        List<List<String>> csv = lines(client.archive(export), "readings.csv", ',', "\r\n");

        assertThat(csv.subList(1, csv.size()).stream().map(row -> row.get(0))).containsExactly("-1", "0", "1");
    }

    @Test
    void namesTheFileAsAsked() {
        JsonNode export = client.complete(readings("empty", ",\"fileName\":\"../März / \\u0000readings.zip\""));
        Answer file = client.get(export.at("/file/url").asString());

        assertThat(export.at("/file/name").asString())
                .doesNotContain("/")
                .doesNotContain("\0")
                .endsWith("readings.zip");
        assertThat(file.header("Content-Disposition"))
                .startsWith("attachment; filename=\"")
                .contains("filename*=UTF-8''")
                .contains("M%C3%A4rz")
                .doesNotContain("/");
    }

    @Test
    void saysOneDigestEverywhere() throws Exception {
        JsonNode export = client.complete(readings("load", ""));
        String path = export.at("/file/url").asString();
        byte[] archive = client.archive(export);
        Answer head = client.send("HEAD", path, "");
        String digest = HomeInvariants.sha256(archive);

        assertThat(export.at("/file/sha256").asString()).isEqualTo(digest);
        assertThat(export.at("/file/bytes").asLong()).isEqualTo(archive.length);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(archive.length));
        assertThat(head.header("ETag")).isEqualTo("\"" + digest + "\"");
        assertThat(head.header("Repr-Digest"))
                .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(Digests.sha256(archive)) + ":");
        assertManifestAgrees(archive, export);
    }

    @Test
    void resumesADownloadToTheSameBytes() {
        JsonNode export = client.complete(readings("load", ""));
        String path = export.at("/file/url").asString();
        byte[] whole = client.archive(export);
        int cut = whole.length / 3;
        String tag = client.send("HEAD", path, "").header("ETag");
        byte[] first = client.get(path, "Range", "bytes=0-" + (cut - 1)).bytes();
        Answer rest = client.get(path, "Range", "bytes=" + cut + "-", "If-Range", tag);

        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("Content-Range"))
                .isEqualTo("bytes " + cut + "-" + (whole.length - 1) + "/" + whole.length);
        byte[] joined = Arrays.copyOf(first, whole.length);
        System.arraycopy(rest.bytes(), 0, joined, cut, rest.bytes().length);
        assertThat(HomeInvariants.sha256(joined)).isEqualTo(HomeInvariants.sha256(whole));
    }

    @Test
    void leavesAnArchiveThatOtherToolsAccept(@TempDir Path folder) throws Exception {
        JsonNode export = client.complete(readings("hostile", ""));
        Path file = folder.resolve(export.at("/file/name").asString());
        Files.write(file, client.archive(export));

        ProcessRun list = ProcessRun.of(List.of(WindrowJar.jdk("jar"), "--list", "--file", file.toString()));
        assertThat(list.exit()).isZero();
        assertThat(list.out().lines()).containsExactly("readings.csv", "datapackage.json", "manifest.json");
    }

    @Test
    void givesASideCarThatSha256sumAccepts(@TempDir Path folder) throws Exception {
        JsonNode export = client.complete(readings("hostile", ",\"fileName\":\"my readings\""));
        Files.write(folder.resolve("my readings.zip"), client.archive(export));
        Answer sideCar = client.get(export.at("/links/self").asString() + "/file.sha256");
        Files.write(folder.resolve("sums"), sideCar.bytes());

        assertThat(sideCar.text()).isEqualTo(export.at("/file/sha256").asString() + "  my readings.zip\n");
        ProcessRun check = ProcessRun.of(folder, List.of("sha256sum", "-c", "--strict", "sums"));
        assertThat(check.exit()).as(check.all()).isZero();
    }

    private static void assertManifestAgrees(byte[] archive, JsonNode export) throws IOException {
        Map<String, byte[]> entries = ZipText.entries(archive);
        JsonNode manifest = new JsonMapper().readTree(entries.get("manifest.json"));
        assertThat(manifest.path("export").asString())
                .isEqualTo(export.path("id").asString());
        assertThat(manifest.path("files")).hasSize(entries.size() - 2);
        for (JsonNode file : manifest.path("files")) {
            byte[] entry = entries.get(file.path("name").asString());
            assertThat(file.path("sha256").asString()).isEqualTo(HomeInvariants.sha256(entry));
            assertThat(file.path("bytes").asLong()).isEqualTo(entry.length);
            assertThat(export.at("/file/entries/0/rows").asLong())
                    .isEqualTo(file.path("rows").asLong());
        }
    }

    private static String readings(String sensor, String more) {
        return "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"" + sensor + "\"}" + more + "}";
    }

    private static List<List<String>> lines(byte[] archive, String entry, char delimiter, String lineEnd) {
        return CsvText.lines(new String(ZipText.entries(archive).get(entry), UTF_8), delimiter, lineEnd);
    }
}
