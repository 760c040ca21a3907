package dev.windrow.common.catalog.yaml;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.windrow.common.catalog.yaml.tree.KnownField;
import dev.windrow.common.catalog.yaml.tree.Level;
import dev.windrow.common.catalog.yaml.tree.Scalars;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema of a catalog, made from the fields that the readers take, and what a public validator says by it. */
final class CatalogSchema {
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(JSON.valueToTree(schema(Levels.CATALOG)));

    private CatalogSchema() {}

    /** The schema as it is kept in docs. */
    static String text() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return JSON.writer()
                        .with(new DefaultPrettyPrinter()
                                .withObjectIndenter(lines)
                                .withArrayIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter()))
                        .writeValueAsString(schema(Levels.CATALOG))
                + "\n";
    }

    /** What a validator says of a whole catalog; empty when it fits. */
    static List<String> faults(String yaml) {
        return messages(SCHEMA.validate(tree(yaml)));
    }

    /** The same of the value of one field. */
    static List<String> faults(KnownField field, String yaml) {
        Map<String, Object> schema = new LinkedHashMap<>(field.form().schema());
        schema.put("$defs", definitions());
        return messages(REGISTRY.getSchema(JSON.valueToTree(schema)).validate(tree(yaml)));
    }

    /** What a validator says of the schema itself. */
    static List<String> faultsOfTheSchema() {
        Schema dialect = REGISTRY.getSchema(SchemaLocation.of(DIALECT));
        return messages(dialect.validate(JSON.readTree(text())));
    }

    /** A text of YAML, with its scalars as the readers take them. */
    static JsonNode tree(String yaml) {
        return JSON.valueToTree(json(yaml));
    }

    private static Object json(String yaml) {
        return json(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)));
    }

    private static Object json(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> fields = new LinkedHashMap<>();
            mapping.getValue()
                    .forEach(field -> fields.put(Scalars.text(field.getKeyNode()), json(field.getValueNode())));
            return fields;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(json(item)));
            return items;
        }
        return Scalars.json(node);
    }

    private static List<String> messages(List<Error> errors) {
        return errors.stream().map(Error::toString).toList();
    }

    private static Map<String, Object> schema(Level root) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DIALECT);
        schema.put("title", "A catalog of Windrow");
        schema.put("$ref", "#/$defs/" + root.name());
        schema.put("$defs", definitions());
        return schema;
    }

    private static Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        Levels.ALL.forEach(level -> definitions.put(level.name(), definition(level)));
        return definitions;
    }

    private static Map<String, Object> definition(Level level) {
        Map<String, Object> properties = new LinkedHashMap<>();
        level.fields().forEach(field -> properties.put(field.name(), property(field)));
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("description", level.meaning());
        definition.put("type", "object");
        definition.put("properties", properties);
        List<String> required = level.fields().stream()
                .filter(KnownField::required)
                .map(KnownField::name)
                .toList();
        if (!required.isEmpty()) {
            definition.put("required", required);
        }
        definition.put("additionalProperties", false);
        return definition;
    }

    private static Map<String, Object> property(KnownField field) {
        Map<String, Object> property = field.required()
                ? new LinkedHashMap<>(field.form().schema())
                : orNull(field.form().schema());
        property.put("description", field.meaning());
        String preset = field.preset();
        if (preset != null && preset.startsWith("`") && preset.indexOf('`', 1) == preset.length() - 1) {
            property.put("default", json(preset.substring(1, preset.length() - 1)));
        }
        if (field.example() != null) {
            property.put("examples", List.of(json(field.example())));
        }
        return property;
    }

    /** A field that is null is one that is not there. */
    private static Map<String, Object> orNull(Map<String, Object> schema) {
        Map<String, Object> either = new LinkedHashMap<>(schema);
        if (schema.containsKey("$ref")) {
            either.clear();
            either.put("anyOf", List.of(schema, Map.of("type", "null")));
        }
        either.computeIfPresent(
                "type", (name, type) -> with(type instanceof List<?> list ? list : List.of(type), "null"));
        either.computeIfPresent("enum", (name, words) -> with((List<?>) words, null));
        return either;
    }

    private static List<Object> with(List<?> list, Object more) {
        List<Object> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
