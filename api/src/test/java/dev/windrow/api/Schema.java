package dev.windrow.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks a value against the schemas of the API's description: as much of JSON Schema as those use. */
final class Schema {
    private final JsonNode document;

    Schema(JsonNode document) {
        this.document = document;
    }

    void check(String name, JsonNode value) {
        check(document.at("/components/schemas/" + name), value);
    }

    void check(JsonNode schema, JsonNode value) {
        assertThat(schema.isMissingNode()).isFalse();
        List<String> faults = new ArrayList<>();
        check(schema, value, "", faults);
        assertThat(faults).as(value.toString()).isEmpty();
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> faults) {
        if (schema.has("$ref")) {
            check(document.at(schema.path("$ref").asString().substring(1)), value, at, faults);
        }
        if (schema.has("anyOf") && !anyOf(schema.path("anyOf"), value)) {
            faults.add(at + " fits no alternative");
        }
        if (schema.has("type") && !isOfType(schema.path("type"), value)) {
            faults.add(at + " is not " + schema.path("type"));
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            faults.add(at + " is not one of " + schema.path("enum"));
        }
        if (schema.has("pattern")
                && value.isString()
                && !value.asString().matches(schema.path("pattern").asString())) {
            faults.add(at + " does not match");
        }
        if (value.isObject() && schema.has("properties")) {
            object(schema, value, at, faults);
        }
        if (value.isArray() && schema.has("items")) {
            value.forEach(item -> check(schema.path("items"), item, at + "/-", faults));
        }
    }

    private void object(JsonNode schema, JsonNode value, String at, List<String> faults) {
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asString())) {
                faults.add(at + "/" + required.asString() + " is missing");
            }
        }
        value.properties().forEach(field -> {
            String here = at + "/" + field.getKey();
            JsonNode property = schema.path("properties").path(field.getKey());
            if (property.isMissingNode()) {
                faults.add(here + " is unknown");
            } else {
                check(property, field.getValue(), here, faults);
            }
        });
    }

    private boolean anyOf(JsonNode alternatives, JsonNode value) {
        for (JsonNode alternative : alternatives) {
            List<String> faults = new ArrayList<>();
            check(alternative, value, "", faults);
            if (faults.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode types, JsonNode value) {
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (isOfType(type, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (types.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException(types.asString());
        };
    }
}
