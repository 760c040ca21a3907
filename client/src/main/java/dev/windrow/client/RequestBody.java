package dev.windrow.client;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a start. Parameters get the types of the dataset's JSON Schema; a text that does not read as its type is
 * sent as it is, so that the server, which knows all the rules, names all the faults at once.
 */
final class RequestBody {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RequestBody() {}

    static ObjectNode of(StartRequest request, JsonNode schema) {
        ObjectNode body = Json.object();
        body.put("dataset", request.dataset());
        if (request.format() != null) {
            body.put("format", request.format());
        }
        ObjectNode parameters = body.putObject("parameters");
        // Sorted, so that the same request has the same text.
        new TreeMap<>(request.parameters())
                .forEach((name, texts) -> parameters.set(
                        name, value(texts, schema.path("properties").path(name))));
        if (!request.columns().isEmpty()) {
            ArrayNode columns = body.putArray("columns");
            request.columns().forEach(columns::add);
        }
        addOptions(body, request.options());
        return body;
    }

    private static void addOptions(ObjectNode body, Map<String, String> options) {
        if (options.isEmpty()) {
            return;
        }
        ObjectNode all = body.putObject("options");
        new TreeMap<>(options).forEach((name, text) -> {
            int point = name.indexOf('.');
            ObjectNode level = point < 0 ? all : all.withObjectProperty(name.substring(0, point));
            level.set(name.substring(point + 1), option(text));
        });
    }

    /** There is no schema of options at hand, and none is a text that looks like a number or a yes or no. */
    private static JsonNode option(String text) {
        if (text.equals("true") || text.equals("false")) {
            return NODES.booleanNode(text.equals("true"));
        }
        return text.matches("-?\\d{1,18}") ? NODES.numberNode(Long.parseLong(text)) : NODES.stringNode(text);
    }

    private static JsonNode value(List<String> texts, JsonNode schema) {
        if (!is(schema, "array")) {
            return texts.size() == 1 ? single(texts.get(0), schema) : list(texts, schema);
        }
        List<String> items = texts.stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .toList();
        return list(items, schema.path("items"));
    }

    private static JsonNode list(List<String> texts, JsonNode schema) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(text -> list.add(single(text, schema)));
        return list;
    }

    private static JsonNode single(String text, JsonNode schema) {
        if (is(schema, "integer") && text.matches("[+-]?\\d{1,40}")) {
            return NODES.numberNode(new BigInteger(text));
        }
        if (is(schema, "number") && text.matches("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?")) {
            return NODES.numberNode(new BigDecimal(text));
        }
        if (is(schema, "boolean") && (text.equals("true") || text.equals("false"))) {
            return NODES.booleanNode(text.equals("true"));
        }
        return NODES.stringNode(text);
    }

    /** A schema's type is a word or a list of words. */
    private static boolean is(JsonNode schema, String type) {
        JsonNode declared = schema.path("type");
        if (declared.isArray()) {
            for (JsonNode one : declared) {
                if (type.equals(one.asString(""))) {
                    return true;
                }
            }
            return false;
        }
        return type.equals(declared.asString(""));
    }
}
