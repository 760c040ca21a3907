package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.source.SourceException;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartIT {
    private static final String MINIMAL = "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}}";

    private static final String HEAD =
            "POST /api/v1/exports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());

    @Test
    void storesTheExportThenRings() {
        Answer answer = http.start(MINIMAL);
        assertThat(answer.status()).isEqualTo(202);
        Export stored = stored().get(0);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/exports/" + stored.id());
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.json().path("state").asString()).isEqualTo("queued");
        assertThat(answer.json().at("/progress/queuePosition").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/parameters/start_ts").asInt(-1)).isZero();
        assertThat(stored.request().fileName()).isEqualTo("sensor-readings.zip");
        assertThat(server.rings).containsExactly(stored.id());
        assertThat(http.get(answer.header("Location")).text()).isEqualTo(answer.text());
    }

    @Test
    void startsADatasetWithoutParametersOrSubject() {
        assertThat(http.start("{\"dataset\":\"notes\"}").status()).isEqualTo(202);
    }

    @Test
    void keepsWhatWasAskedFor() {
        Answer answer = http.start("""
                {"dataset": "sensor-readings", "format": "csv", "columns": ["value", "timestamp_ms"],
                 "parameters": {"sensor_id": "s-ü", "start_ts": 5, "end_ts": 10}, "fileName": "../märz\\r\\n.zip",
                 "options": {"csv": {"bom": true, "delimiter": ";", "lineEnding": "lf", "formulas": "escape"}}}
                """);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("columns").toString()).isEqualTo("[\"value\",\"timestamp_ms\"]");
        assertThat(answer.json().path("options").toString())
                .isEqualTo(
                        "{\"csv\":{\"bom\":true,\"delimiter\":\";\",\"lineEnding\":\"lf\",\"formulas\":\"escape\"}}");
        assertThat(answer.json().at("/parameters/sensor_id").asString()).isEqualTo("s-ü");
        assertThat(stored().get(0).request().fileName()).isEqualTo("märz.zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "@"})
    void refusesADelimiterThatBeginsAFormulaWhereFormulasAreEscaped(String delimiter) {
        String body = """
                {"dataset": "sensor-readings", "parameters": {"sensor_id": "s-1"}, "options": {"csv": {"delimiter": "%s", "formulas": "%s"}}}
                """;
        Answer answer = http.start(body.formatted(delimiter, "escape"));

        assertRefused(answer, 422, "/problems/invalid-parameters");
        assertThat(pointers(answer)).containsExactly("/options/csv/delimiter");
        assertThat(http.start(body.formatted(delimiter, "raw")).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{}|false|,|crlf|raw",
                "{\"profile\":\"machine\"}|false|,|crlf|raw",
                "{\"profile\":\"spreadsheet\"}|true|,|crlf|escape",
                "{\"profile\":\"spreadsheet\",\"delimiter\":\";\"}|true|;|crlf|escape",
                "{\"profile\":\"spreadsheet\",\"bom\":false,\"lineEnding\":\"lf\",\"formulas\":\"raw\"}|false|,|lf|raw",
            })
    void setsWhatTheProfileSaysWhereNothingElseIsAskedFor(
            String csv, boolean bom, String delimiter, String lineEnding, String formulas) {
        Answer answer = http.start(
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"},\"options\":{\"csv\":" + csv
                        + "}}");
        boolean spreadsheet = csv.contains("spreadsheet");

        assertThat(answer.json().path("options").toString())
                .isEqualTo("{\"csv\":{" + (spreadsheet ? "\"profile\":\"spreadsheet\"," : "") + "\"bom\":" + bom
                        + ",\"delimiter\":\"" + delimiter + "\",\"lineEnding\":\"" + lineEnding + "\",\"formulas\":\""
                        + formulas + "\"}}");
        assertThat(stored().get(0).request().options().csv().mostRows()).isEqualTo(spreadsheet ? 1_048_575 : 0);
    }

    @Test
    void keepsTheIndentOfJson() {
        Answer answer = http.start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"},"
                + "\"format\":\"json\",\"options\":{\"json\":{\"indent\":true}}}");
        assertThat(answer.json().path("options").toString()).isEqualTo("{\"json\":{\"indent\":2}}");
    }

    @Test
    void keepsThatTitlesAreAskedFor() {
        Answer answer = http.start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"},"
                + "\"options\":{\"headers\":\"titles\"}}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(http.get(answer.header("Location")).json().path("options").toString())
                .isEqualTo("{\"csv\":{\"bom\":false,\"delimiter\":\",\",\"lineEnding\":\"crlf\",\"formulas\":\"raw\"},"
                        + "\"headers\":\"titles\"}");
        assertThat(stored().get(0).request().options().headers()).isEqualTo(Headers.TITLES);
    }

    @Test
    void showsNoHeadersWhereTheyAreTheNames() {
        Answer answer = http.start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"},"
                + "\"options\":{\"headers\":\"names\"}}");
        assertThat(answer.json().path("options").propertyNames()).containsExactly("csv");
        assertThat(stored().get(0).request().options()).isEqualTo(FormatOptions.DEFAULT);
    }

    @Test
    void startsNothingWhereThereIsNoRoom() {
        server.left = 0;
        Answer answer = http.start(MINIMAL);
        assertRefused(answer, 503, "/problems/storage-full");
        assertThat(answer.header("Retry-After")).isEqualTo("30");
        assertThat(answer.json().path("detail").asString()).doesNotContain("/");
        assertThat(stored()).isEmpty();
        assertThat(server.rings).isEmpty();

        server.left = Long.MAX_VALUE;
        assertThat(http.start(MINIMAL).status()).isEqualTo(202);
    }

    @Test
    void namesEverythingThatDoesNotFitTheDataset() {
        Answer answer = http.start("""
                {"dataset": "sensor-readings", "format": "xlsx", "columns": ["value", "nope", "value", "VALUE"],
                 "fileName": "..",
                 "parameters": {"start_ts": "x", "bogus": 1},
                 "options": {"csv": {"profile": "excel", "delimiter": ";;", "lineEnding": "cr", "formulas": "no"}}}
                """);
        assertRefused(answer, 422, "/problems/invalid-parameters");
        assertThat(pointers(answer))
                .containsExactlyInAnyOrder(
                        "/parameters/sensor_id",
                        "/parameters/start_ts",
                        "/parameters/bogus",
                        "/format",
                        "/columns/1",
                        "/columns/2",
                        "/columns/3",
                        "/fileName",
                        "/options/csv/profile",
                        "/options/csv/delimiter",
                        "/options/csv/lineEnding",
                        "/options/csv/formulas");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "\"columns\":[]|/columns",
                "\"format\":\"\"|/format",
                "\"fileName\":\"\"|/fileName",
                "\"format\":\"json\",\"options\":{\"csv\":{}}|/options/csv",
                "\"format\":\"csv\",\"options\":{\"json\":{}}|/options/json",
                "\"format\":\"json\",\"options\":{\"json\":{\"indent\":9}}|/options/json/indent",
                "\"format\":\"json\",\"options\":{\"json\":{\"indent\":-1}}|/options/json/indent",
                "\"options\":{\"csv\":{\"profile\":\"Machine\"}}|/options/csv/profile",
                "\"options\":{\"csv\":{\"delimiter\":\"\"}}|/options/csv/delimiter",
                "\"options\":{\"csv\":{\"delimiter\":\"\\n\"}}|/options/csv/delimiter",
                "\"options\":{\"csv\":{\"delimiter\":\"\\\"\"}}|/options/csv/delimiter",
                "\"options\":{\"csv\":{\"delimiter\":\"§\"}}|/options/csv/delimiter",
                "\"options\":{\"csv\":{\"delimiter\":\"1\"}}|/options/csv/delimiter",
                "\"options\":{\"headers\":\"Titles\"}|/options/headers",
                "\"options\":{\"headers\":\"\"}|/options/headers",
                "\"format\":\"json\",\"options\":{\"headers\":\"titles\"}|/options/headers",
                "\"format\":\"json\",\"options\":{\"headers\":\"names\"}|/options/headers",
                "\"columns\":[\"Value\"]|/columns/0",
            })
    void refusesWhatDoesNotFit(String field, String pointer) {
        Answer answer =
                http.start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\"}," + field + "}");
        assertRefused(answer, 422, "/problems/invalid-parameters");
        assertThat(pointers(answer)).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999999999999999999",
                "1e400",
                "1e999999999",
                "1e99999999999",
                "-1e999999999",
                "0.5",
                "\"5\"",
                "[1]",
                "{}",
                "true"
            })
    void refusesAbsurdNumbers(String number) {
        Answer answer = http.start(
                "{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"s-1\",\"start_ts\":" + number + "}}");
        assertRefused(answer, 422, "/problems/invalid-parameters");
        assertThat(pointers(answer)).containsExactly("/parameters/start_ts");
    }

    @Test
    void refusesTextThatNoDatabaseHolds() {
        assertRefused(start("s-\\u0000"), 422, "/problems/invalid-parameters");
        assertRefused(start("s-\\ud800"), 422, "/problems/invalid-parameters");
        assertRefused(start("s-" + "x".repeat(63)), 422, "/problems/invalid-parameters");
        assertThat(start("s-🎉").status()).isEqualTo(202);
    }

    @Test
    void tellsOfAMissingSubjectInTheOperatorsWords() {
        Answer answer = start("x$1\\\"\\u2028");
        assertRefused(answer, 404, "/problems/subject-not-found");
        assertThat(answer.json().path("detail").asString()).isEqualTo("Sensor x$1\"\u2028 not found");
    }

    @Test
    void refusesAnUnknownDatasetWhateverElseIsWrong() {
        assertRefused(http.start("{\"dataset\":\"secret\",\"format\":\"x\"}"), 404, "/problems/not-found");
    }

    @Test
    void startsNothingWhileTheSourceIsAway() {
        server.source.failAs(SourceException.Kind.UNAVAILABLE);
        Answer answer = http.start(MINIMAL);
        assertRefused(answer, 503, "/problems/unavailable");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.text()).doesNotContain("select");
    }

    @Test
    void tellsNothingOfAnOperatorsBrokenQuery() {
        server.source.failAs(SourceException.Kind.QUERY);
        Answer answer = http.start(MINIMAL);
        assertRefused(answer, 500, "/problems/internal");
        assertThat(answer.text())
                .doesNotContain("select")
                .doesNotContain("Exception")
                .doesNotContain("source says");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "5",
                "\"x\"",
                "{\"dataset\":\"notes\",\"dataset\":\"notes\"}",
                "{\"dataset\":\"notes\"} x",
                "{\"dataset\":NaN}",
                "{\"dataset\":5}",
                "{}",
                "{\"dataset\":\"notes\",\"who\":1}",
                "{\"dataset\":\"notes\",\"maxAge\":\"5 minutes\"}",
                "{\"dataset\":\"notes\",\"maxAge\":\"-PT5M\"}",
                "{\"dataset\":\"notes\",\"maxAge\":300}",
                "{\"dataset\":\"notes\",\"maxAge\":null}",
                "{\"dataset\":\"notes\",\"\\ud800\":1}",
                "{\"dataset\":\"notes\",\"columns\":[1]}",
                "\ufeff{}"
            })
    void refusesWhatHasNotTheShapeOfAStart(String body) {
        assertRefused(http.start(body), 400, "/problems/malformed-request");
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        byte[] latin = "{\"dataset\":\"n\u00f6tes\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = "{\"dataset\":\"notes\"}".getBytes(StandardCharsets.UTF_16LE);
        assertRefused(post(latin, "application/json"), 400, "/problems/malformed-request");
        assertRefused(post(wide, "application/json"), 400, "/problems/malformed-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=latin1",
                "application/json; charset=utf-16",
                "application/json; charset=nope",
                "json",
                "application/*",
                "application/problem+json"
            })
    void refusesOtherMediaTypes(String type) {
        Answer answer = post("{\"dataset\":\"notes\"}".getBytes(StandardCharsets.UTF_8), type);
        assertRefused(answer, 415, "/problems/unsupported-media-type");
        assertThat(answer.header("Accept")).isEqualTo("application/json");
    }

    @Test
    void refusesABodyWithoutATypeAndACompressedOne() {
        assertRefused(
                http.send("POST", "/api/v1/exports", "{}".getBytes(StandardCharsets.UTF_8)),
                415,
                "/problems/unsupported-media-type");
        Answer packed = http.send(
                "POST",
                "/api/v1/exports",
                new byte[] {31},
                "Content-Type",
                "application/json",
                "Content-Encoding",
                "gzip");
        assertRefused(packed, 415, "/problems/unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "application/json;charset=\"UTF-8\"", "Application/JSON"})
    void takesUtf8UnderAnyOfItsNames(String type) {
        assertThat(post("{\"dataset\":\"notes\"}".getBytes(StandardCharsets.UTF_8), type)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void takesABodyOfSixtyFourKibibytesAndNoMore() {
        String body = "{\"dataset\":\"notes\"}";
        assertThat(http.start(body + " ".repeat(64 * 1024 - body.length())).status())
                .isEqualTo(202);
        assertThat(stored()).hasSize(1);
        Answer answer = http.start(body + " ".repeat(64 * 1024 + 1 - body.length()));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.type()).isEqualTo("/problems/too-large");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void stopsReadingABodyThatHidesItsLength() throws IOException {
        String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
        String answer =
                Wire.send(server.port(), HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3) + "0\r\n\r\n");
        assertThat(Wire.status(answer)).isEqualTo(413);
        assertThat(answer).contains("/problems/too-large");
    }

    @Test
    void refusesALengthThatIsTooLongBeforeItComes() throws IOException {
        String answer = Wire.send(server.port(), HEAD + "Content-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n");
        assertThat(Wire.status(answer)).isEqualTo(413);
    }

    @Test
    void refusesABodyThatBreaksOff() throws IOException {
        String answer = Wire.send(server.port(), HEAD + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        assertThat(Wire.status(answer)).isEqualTo(400);
        assertThat(stored()).isEmpty();
    }

    @Test
    void startsNothingWhileTheStatusTableIsAway() {
        server.databaseAway = true;
        Answer answer = http.start(MINIMAL);
        server.databaseAway = false;
        assertRefused(answer, 503, "/problems/unavailable");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.text()).doesNotContain("windrow.db");
    }

    private Answer start(String sensor) {
        return http.start("{\"dataset\":\"sensor-readings\",\"parameters\":{\"sensor_id\":\"" + sensor + "\"}}");
    }

    private Answer post(byte[] body, String type) {
        return http.send("POST", "/api/v1/exports", body, "Content-Type", type);
    }

    private void assertRefused(Answer answer, int status, String type) {
        assertThat(answer.text()).contains("\"type\":\"" + type + "\"");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(stored()).isEmpty();
        assertThat(server.rings).isEmpty();
    }

    private List<Export> stored() {
        return server.exports.list(ApiServer.OWNER, Exports.Filter.ALL, null, 100).stream()
                .map(Exports.Listed::export)
                .toList();
    }

    private static List<String> pointers(Answer answer) {
        return StreamSupport.stream(answer.json().path("errors").spliterator(), false)
                .map(error -> error.path("pointer").asString())
                .toList();
    }
}
