package dev.windrow.common.catalog.yaml.tree;

import dev.windrow.common.catalog.yaml.tree.Report.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a file that is one list of mappings, by the rules of {@link Scalars}. */
public final class ListFile {
    /** Of some 50,000 entries. */
    private static final int MAX_CHARACTERS = 1 << 24;

    private ListFile() {}

    /**
     * One mapping of the list.
     *
     * @param line where it begins
     * @param fields by their names: String, Long, BigInteger, BigDecimal, Boolean, null, and lists and maps of these
     */
    public record Entry(int line, Map<String, @Nullable Object> fields) {}

    /** What the text lists; nothing where it has nothing but comments. Whatever does not fit is reported. */
    public static List<Entry> read(String text, Place place) {
        Node root = YamlFile.compose(text, MAX_CHARACTERS, null, place);
        if (root == null || Scalars.isNull(root) || !YamlFile.hasOnlyKnownTags(root, place)) {
            return List.of();
        }
        if (!(root instanceof SequenceNode list)) {
            place.problem(
                    Scalars.line(root), "expected a list, each entry beginning with \"- \", not " + Fields.kind(root));
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (Node item : list.getValue()) {
            Map<String, @Nullable Object> fields = fields(item, place);
            if (fields != null) {
                entries.add(new Entry(Scalars.line(item), fields));
            }
        }
        return entries;
    }

    private static @Nullable Map<String, @Nullable Object> fields(Node node, Place place) {
        Map<String, Fields.Field> named = Fields.named(node, Scalars.line(node), place);
        if (named == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        named.forEach((name, field) -> fields.put(name, value(field.value(), place)));
        return fields;
    }

    private static @Nullable Object value(Node node, Place place) {
        if (node instanceof MappingNode) {
            return Objects.requireNonNullElseGet(fields(node, place), Map::of);
        } else if (node instanceof SequenceNode list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.getValue().forEach(item -> values.add(value(item, place)));
            return values;
        }
        return Scalars.json(node);
    }
}
