package dev.windrow.worker.expand;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The fields of one value of a JSON column, in their order. Immutable.
 *
 * @param fields of the object; a name may come twice; none where the value is no object
 * @param other the value as JSON where it is no object: JSON of another kind as itself, text that is no JSON as a
 *     JSON string, so that it is not lost; null where it is an object or there is no value
 */
record JsonObject(List<Field> fields, @Nullable String other) {
    /** No value at all. */
    static final JsonObject NONE = new JsonObject(List.of(), null);

    /** What writers of other languages leave bare (NaN) is read. What the limits shut out is kept as text. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    JsonObject {
        fields = List.copyOf(fields);
    }

    record Field(String name, JsonValue value) {}

    static JsonObject parse(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return ofOther(JsonValue.quoted(text));
            }
            JsonObject object = first == JsonToken.START_OBJECT
                    ? ofFields(parser)
                    : ofOther(JsonValue.of(parser).json());
            return parser.nextToken() == null ? object : ofOther(JsonValue.quoted(text));
        } catch (JacksonException e) {
            return ofOther(JsonValue.quoted(text));
        }
    }

    static JsonObject ofOther(String json) {
        return new JsonObject(List.of(), json);
    }

    private static JsonObject ofFields(JsonParser parser) {
        List<Field> fields = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.add(new Field(name, JsonValue.of(parser)));
        }
        return new JsonObject(fields, null);
    }
}
