package dev.windrow.common.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ParameterSchemaTest {
    @Test
    void describesEveryTypeInTheCatalogsOrder() {
        String json = schema(
                Parameters.named("id", ParameterType.STRING)
                        .required()
                        .title("Sensor")
                        .length(1, 64)
                        .pattern("^[a-z]"),
                Parameters.named("count", ParameterType.INTEGER)
                        .range("0", "1e3")
                        .defaultValue(10L),
                Parameters.named("ratio", ParameterType.NUMBER).range("0.5", null),
                Parameters.named("deep", ParameterType.BOOLEAN),
                Parameters.named("day", ParameterType.DATE),
                Parameters.named("from", ParameterType.TIMESTAMP),
                Parameters.named("kinds", ParameterType.STRING)
                        .list()
                        .allowed("a", "b")
                        .defaultValue(List.of("a")));

        assertThat(json)
                .isEqualTo(
                        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\"properties\":{"
                                + "\"id\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64,\"pattern\":\"^[a-z]\",\"title\":\"Sensor\"},"
                                + "\"count\":{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":0,\"maximum\":1000,\"default\":10},"
                                + "\"ratio\":{\"type\":\"number\",\"minimum\":0.5},"
                                + "\"deep\":{\"type\":\"boolean\"},"
                                + "\"day\":{\"type\":\"string\",\"format\":\"date\"},"
                                + "\"from\":{\"type\":\"string\",\"format\":\"date-time\"},"
                                + "\"kinds\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"a\",\"b\"]},"
                                + "\"minItems\":1,\"maxItems\":1000,\"default\":[\"a\"]}"
                                + "},\"required\":[\"id\"],\"additionalProperties\":false}");
    }

    @Test
    void saysWhatADefaultMovesWith() {
        String json =
                schema(Parameters.named("day", ParameterType.DATE).defaultValue(new Parameter.Moment("today-30d")));

        assertThat(json).contains("\"day\":{\"type\":\"string\",\"format\":\"date\",\"x-default\":\"today-30d\"}");
    }

    @Test
    void takesNothingWhereThereAreNoParameters() {
        assertThat(schema())
                .isEqualTo("{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\","
                        + "\"properties\":{},\"required\":[],\"additionalProperties\":false}");
    }

    private static String schema(Parameters... parameters) {
        List<Column> columns = List.of(new Column("id", ColumnType.INTEGER, false, null));
        Dataset dataset = new Dataset(
                new Dataset.Label("d", "D", null),
                new Dataset.Reading(new Source("s", "jdbc:x", null, null), true, Dataset.Consistency.BATCH),
                List.of(Format.CSV),
                List.of(parameters).stream().map(Parameters::get).toList(),
                null,
                List.of(new DatasetFile("f", "select id from t", List.of(new KeyPart("id", false)), columns, 1)));
        return JsonMapper.shared().writeValueAsString(ParameterSchema.of(dataset));
    }
}
