package dev.windrow.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees: what a newer server adds is simply not looked at. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /** @throws tools.jackson.core.JacksonException if it is no JSON */
    static JsonNode read(byte[] utf8) {
        return MAPPER.readTree(utf8);
    }

    static byte[] write(JsonNode json) {
        return MAPPER.writeValueAsBytes(json);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static @Nullable Long wholeOrNull(JsonNode number) {
        return number.isNumber() ? (Long) number.asLong() : null;
    }
}
