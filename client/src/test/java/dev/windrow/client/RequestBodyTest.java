package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RequestBodyTest {
    private static final JsonNode SCHEMA = Json.read("""
            {"type": "object", "properties": {
              "whole": {"type": "integer"}, "maybe": {"type": ["integer", "null"]}, "number": {"type": "number"},
              "yes": {"type": "boolean"}, "text": {"type": "string"},
              "ids": {"type": "array", "items": {"type": "integer"}},
              "names": {"type": "array", "items": {"type": "string"}}}}""".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whole | -7 | -7",
                "whole | 9223372036854775808 | 9223372036854775808",
                "whole | 1.5 | \"1.5\"",
                "whole | soon | \"soon\"",
                "maybe | 3 | 3",
                "number | 1.50 | 1.50",
                "number | 1e3 | 1E+3",
                "number | NaN | \"NaN\"",
                "yes | true | true",
                "yes | yes | \"yes\"",
                "text | 12 | \"12\"",
                "unknown | 12 | \"12\"",
                "ids | 1,2,x | [1,2,\"x\"]",
                "names | a,,b | [\"a\",\"\",\"b\"]"
            })
    void givesAParameterTheTypeOfItsSchemaAndLeavesFaultsToTheServer(String name, String text, String json) {
        assertThat(parameters(Map.of(name, List.of(text)))).isEqualTo("{\"" + name + "\":" + json + "}");
    }

    @Test
    void aListMayBeGivenPieceByPiece() {
        assertThat(parameters(Map.of("ids", List.of("1", "2,3")))).isEqualTo("{\"ids\":[1,2,3]}");
    }

    @Test
    void whatIsNotGivenIsNotSent() {
        JsonNode body = RequestBody.of(new StartRequest("d", null, Map.of(), List.of()), SCHEMA);
        assertThat(body).hasToString("{\"dataset\":\"d\",\"parameters\":{}}");
    }

    @Test
    void formatAndColumnsGoAsTheyAreGiven() {
        JsonNode body = RequestBody.of(new StartRequest("d", "json", Map.of(), List.of("b", "a")), SCHEMA);
        assertThat(body)
                .hasToString("{\"dataset\":\"d\",\"format\":\"json\",\"parameters\":{},\"columns\":[\"b\",\"a\"]}");
    }

    @Test
    void optionsGoBelowTheirFormat() {
        Map<String, String> options =
                Map.of("csv.profile", "spreadsheet", "csv.delimiter", ";", "csv.bom", "false", "json.indent", "2");
        JsonNode body = RequestBody.of(new StartRequest("d", null, Map.of(), List.of(), options), SCHEMA);
        assertThat(body.path("options"))
                .hasToString("{\"csv\":{\"bom\":false,\"delimiter\":\";\",\"profile\":\"spreadsheet\"},"
                        + "\"json\":{\"indent\":2}}");
    }

    @Test
    void anOptionWithoutAFormatStandsBesideThem() {
        Map<String, String> options = Map.of("headers", "titles", "csv.bom", "true");
        JsonNode body = RequestBody.of(new StartRequest("d", null, Map.of(), List.of(), options), SCHEMA);
        assertThat(body.path("options")).hasToString("{\"csv\":{\"bom\":true},\"headers\":\"titles\"}");
    }

    private static String parameters(Map<String, List<String>> texts) {
        return RequestBody.of(new StartRequest("d", null, texts, List.of()), SCHEMA)
                .path("parameters")
                .toString();
    }
}
