package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.StrictJson;
import dev.windrow.common.catalog.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartRequestTest {
    @Test
    void readsEveryField() {
        StartRequest request = read("""
                {"dataset": "d", "format": "csv", "parameters": {"p": 1}, "columns": ["a", "b"], "fileName": "f",
                 "options": {"csv": {"profile": "machine", "bom": true, "delimiter": ";", "lineEnding": "lf", "formulas": "escape"},
                 "json": {"indent": 4}, "headers": "titles"}, "maxAge": "PT5M", "notify": {"webhook": "w", "email": ["e"]}, "deliver": "p"}
                """);
        assertThat(request)
                .isEqualTo(new StartRequest(
                        "d",
                        "csv",
                        Map.of("p", 1L),
                        List.of("a", "b"),
                        "f",
                        new StartRequest.Options(
                                new StartRequest.Csv("machine", true, ";", "lf", "escape"),
                                new StartRequest.Json(4L),
                                "titles"),
                        new StartRequest.Wishes(Duration.ofMinutes(5), "w", List.of("e"), "p")));
    }

    @Test
    void leavesOutWhatWasLeftOut() {
        assertThat(read("{\"dataset\": \"d\"}"))
                .isEqualTo(new StartRequest(
                        "d",
                        null,
                        Map.of(),
                        null,
                        null,
                        new StartRequest.Options(null, null, null),
                        StartRequest.Wishes.NONE));
        assertThat(read("{\"dataset\": \"d\", \"options\": {}}").options().csv())
                .isNull();
    }

    @Test
    void takesAnIndentAsANumberOrAsYesOrNo() {
        assertThat(indent("3")).isEqualTo(3);
        assertThat(indent("true")).isEqualTo(2);
        assertThat(indent("false")).isZero();
    }

    private static Long indent(String json) {
        return read("{\"dataset\": \"d\", \"options\": {\"json\": {\"indent\": " + json + "}}}")
                .options()
                .json()
                .indent();
    }

    @Test
    void namesAllFaultsAtOnce() {
        ProblemException problem = refuse("""
                {"format": 1, "parameters": [], "columns": ["a", 2, null], "fileName": {}, "no/such~field": 1,
                 "options": {"xls": 1, "csv": {"profile": 1, "bom": "yes", "delimiter": 5, "quote": "x"},
                 "json": {"indent": 1.5, "x": 1}}, "maxAge": "P1M"}
                """);
        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
        assertThat(problem.faults())
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/dataset",
                        "/format",
                        "/parameters",
                        "/columns/1",
                        "/columns/2",
                        "/fileName",
                        "/no~1such~0field",
                        "/options/xls",
                        "/options/csv/profile",
                        "/options/csv/bom",
                        "/options/csv/delimiter",
                        "/options/csv/quote",
                        "/options/json/indent",
                        "/options/json/x",
                        "/maxAge");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "null|''",
                "[]|''",
                "\"x\"|''",
                "{\"dataset\":null}|/dataset",
                "{\"dataset\":\"d\",\"format\":null}|/format",
                "{\"dataset\":\"d\",\"parameters\":null}|/parameters",
                "{\"dataset\":\"d\",\"columns\":\"a\"}|/columns",
                "{\"dataset\":\"d\",\"options\":[]}|/options",
                "{\"dataset\":\"d\",\"options\":{\"csv\":true}}|/options/csv",
                "{\"dataset\":\"d\",\"options\":{\"json\":[]}}|/options/json",
                "{\"dataset\":\"d\",\"options\":{\"json\":{\"indent\":\"2\"}}}|/options/json/indent",
                "{\"dataset\":\"d\",\"options\":{\"headers\":true}}|/options/headers",
                "{\"dataset\":\"d\",\"options\":{\"headers\":null}}|/options/headers",
                "{\"dataset\":\"d\",\"options\":{\"titles\":true}}|/options/titles",
            })
    void namesTheOneFault(String json, String pointer) {
        assertThat(refuse(json).faults())
                .extracting(Fault::pointer)
                .containsExactly(pointer.equals("''") ? "" : pointer);
    }

    @Test
    void tellsNoMoreThanAHundredFaults() {
        String fields = "\"x%d\":1,".repeat(500);
        Object[] numbers = IntStream.range(0, 500).boxed().toArray();
        assertThat(refuse("{" + fields.formatted(numbers) + "\"dataset\":1}").faults())
                .hasSize(100);
    }

    private static StartRequest read(String json) {
        return StartRequest.of(StrictJson.parse(json));
    }

    private static ProblemException refuse(String json) {
        return catchThrowableOfType(ProblemException.class, () -> read(json));
    }
}
