package dev.windrow.common.catalog;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A dataset's parameters as JSON Schema (2020-12), in the catalog's order. What fits the schema, with its formats
 * asserted, is what {@link ParameterBinder} binds, except that the binder also takes an explicit null for a parameter
 * that is not required.
 */
public final class ParameterSchema {
    /** Where the {@code values} of a parameter are served; a keyword of ours, which validators pass over. */
    private static final String VALUES = "x-values";

    /** The default that moves with the clock, as a word; a keyword of ours. */
    private static final String MOMENT = "x-default";

    private ParameterSchema() {}

    /** The schema of the {@code parameters} object of a start, as maps, lists, strings, numbers and booleans. */
    public static Map<String, Object> of(Dataset dataset) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Parameter parameter : dataset.parameters()) {
            properties.put(parameter.name(), property(dataset.name(), parameter));
        }
        List<String> required = dataset.parameters().stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .collect(Collectors.toUnmodifiableList());
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        schema.put("properties", Collections.unmodifiableMap(properties));
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return Collections.unmodifiableMap(schema);
    }

    private static Map<String, Object> property(String dataset, Parameter parameter) {
        Map<String, Object> property = new LinkedHashMap<>();
        if (parameter.list()) {
            property.put("type", "array");
            property.put("items", Collections.unmodifiableMap(value(parameter)));
            property.put("minItems", 1);
            property.put("maxItems", Parameter.MAX_LIST);
        } else {
            property.putAll(value(parameter));
        }
        putIfKnown(property, "title", parameter.title());
        putIfKnown(property, "description", parameter.description());
        if (parameter.defaultValue() instanceof Parameter.Moment moment) {
            property.put(MOMENT, moment.word());
        } else {
            putIfKnown(property, "default", parameter.defaultValue());
        }
        putIfKnown(property, "examples", parameter.example() == null ? null : List.of(parameter.example()));
        if (parameter.choices() != null) {
            property.put(VALUES, "/api/v1/datasets/" + dataset + "/parameters/" + parameter.name() + "/values");
        }
        return Collections.unmodifiableMap(property);
    }

    private static Map<String, Object> value(Parameter parameter) {
        Map<String, Object> value = new LinkedHashMap<>();
        switch (parameter.type()) {
            case STRING -> value.put("type", "string");
            case INTEGER -> {
                value.put("type", "integer");
                value.put("format", "int64");
            }
            case NUMBER -> value.put("type", "number");
            case BOOLEAN -> value.put("type", "boolean");
            case DATE -> {
                value.put("type", "string");
                value.put("format", "date");
            }
            case TIMESTAMP -> {
                value.put("type", "string");
                value.put("format", "date-time");
            }
        }
        putIfKnown(value, "minLength", parameter.minLength());
        putIfKnown(value, "maxLength", parameter.maxLength());
        putIfKnown(
                value,
                "pattern",
                parameter.pattern() == null ? null : parameter.pattern().pattern());
        putIfKnown(value, "minimum", plain(parameter.minimum()));
        putIfKnown(value, "maximum", plain(parameter.maximum()));
        putIfKnown(value, "enum", parameter.allowed().isEmpty() ? null : parameter.allowed());
        return value;
    }

    private static void putIfKnown(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    /** A bound as an integer where it is one, so that it reads as the catalog has it. */
    private static @Nullable Object plain(@Nullable BigDecimal bound) {
        if (bound == null || bound.stripTrailingZeros().scale() > 0) {
            return bound;
        }
        return bound.toBigIntegerExact();
    }
}
