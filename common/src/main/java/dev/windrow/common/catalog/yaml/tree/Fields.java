package dev.windrow.common.catalog.yaml.tree;

import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.text.DidYouMean;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The fields of one mapping, typed. A field that is not there and one that is null are the same. Whatever does not fit
 * is reported where it stands, and read as if it were not there.
 */
public final class Fields {
    private final Level level;
    private final Place place;
    private final int line;
    private final Map<String, Field> fields;

    private Fields(Level level, Place place, int line, Map<String, Field> fields) {
        this.level = level;
        this.place = place;
        this.line = line;
        this.fields = fields;
    }

    /** A name, where it stands, and what it names. */
    public record Field(String name, int line, Node value) {}

    /**
     * Reads a mapping of one level; fields that it does not have are reported.
     *
     * @param line where the mapping as a whole stands
     * @return null when it is no mapping, which is reported
     */
    public static @Nullable Fields read(Node node, int line, Place place, Level level) {
        List<String> known = level.names();
        Map<String, Field> found = named(node, line, place);
        if (found == null) {
            return null;
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        Field previous = null;
        for (Field field : found.values()) {
            if (!known.contains(field.name()) && previous != null && isTornOff(field, previous, node)) {
                previous = joined(previous, field.name());
                place.warning(
                        field.line(),
                        previous.name() + ": a comma ends a text between { and }; put the whole text in quotes");
            } else {
                previous = field;
            }
            fields.put(previous.name(), previous);
        }
        refuseUnknown(fields, place, known);
        return new Fields(level, place, line, fields);
    }

    /**
     * Whether it is no field, but what stands after a comma in an unquoted text: {@code { title: To (ms, exclusive) }}.
     */
    private static boolean isTornOff(Field field, Field previous, Node mapping) {
        return mapping instanceof MappingNode flow
                && flow.getFlowStyle() == DumperOptions.FlowStyle.FLOW
                && Scalars.isNull(field.value())
                && ((ScalarNode) field.value()).getValue().isEmpty()
                && previous.value() instanceof ScalarNode text
                && text.isPlain()
                && !Scalars.isNull(text);
    }

    private static Field joined(Field first, String rest) {
        Node value = first.value();
        String text = Scalars.text(value) + ", " + rest;
        ScalarNode whole = new ScalarNode(
                Tag.STR, text, value.getStartMark(), value.getEndMark(), DumperOptions.ScalarStyle.PLAIN);
        return new Field(first.name(), first.line(), whole);
    }

    private static void refuseUnknown(Map<String, Field> fields, Place place, List<String> known) {
        for (Field field : fields.values()) {
            if (field.name().equals("<<")) {
                place.problem(field.line(), "merge keys (<<) are not supported; write the fields out");
            } else if (!known.contains(field.name())) {
                place.problem(
                        field.line(), "unknown field \"" + field.name() + "\"" + DidYouMean.hint(field.name(), known));
            }
        }
    }

    /** Reads a mapping from names of the operator's own; null when it is no mapping, which is reported. */
    public static @Nullable Map<String, Field> named(Node node, int line, Place place) {
        if (!(node instanceof MappingNode mapping)) {
            place.problem(line, "expected \"name: value\" lines, indented below it, not " + kind(node));
            return null;
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            String name = Scalars.text(key);
            if (name == null) {
                place.problem(Scalars.line(key), "expected a name before the colon, not " + kind(key));
                continue;
            }
            Field before = fields.putIfAbsent(name, new Field(name, Scalars.line(key), tuple.getValueNode()));
            if (before != null) {
                place.problem(
                        Scalars.line(key),
                        "\"" + name + "\" is there already, in line " + before.line() + "; remove one of them");
            }
        }
        return fields;
    }

    /**
     * The field; null when it is not there or null.
     *
     * @throws IllegalArgumentException for a field that the level does not have
     */
    public @Nullable Field get(String name) {
        Field field = fields.get(level.field(name).name());
        return field == null || Scalars.isNull(field.value()) ? null : field;
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /** Whether the field is there and says nothing. */
    public boolean isEmpty(String name) {
        return fields.containsKey(level.field(name).name()) && !has(name);
    }

    /** The field's line; the mapping's when it is not there. */
    public int line(String name) {
        Field field = fields.get(name);
        return field == null ? line : field.line();
    }

    /** Reports a field that must be there. */
    private void missing(String name, String fix) {
        place.problem(line(name), "no \"" + name + "\"; " + fix);
    }

    /** The text of the field; null when it is not there. */
    public @Nullable String text(String name) {
        Field field = get(name);
        if (field == null) {
            return null;
        }
        String text = Scalars.text(field.value());
        if (text == null) {
            wrong(field, "a text");
        }
        return text;
    }

    /** A text that must be there and not be blank. */
    public @Nullable String text(String name, String fix) {
        String text = text(name);
        if (text == null ? !has(name) : text.isBlank()) {
            missing(name, fix);
        }
        return text == null || text.isBlank() ? null : text;
    }

    /** Whether the field says {@code true}; false when it is not there. */
    public boolean flag(String name) {
        Field field = get(name);
        if (field == null) {
            return false;
        }
        if (Scalars.json(field.value()) instanceof Boolean flag) {
            return flag;
        }
        wrong(field, "true or false");
        return false;
    }

    /** The field's number; null when it is not there. */
    public @Nullable BigDecimal number(String name) {
        Field field = get(name);
        if (field == null) {
            return null;
        }
        if (Scalars.json(field.value()) instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        wrong(field, "a number");
        return null;
    }

    /** A whole number within the field's bounds; null when it is not there. */
    public @Nullable Integer integer(String name) {
        Field field = get(name);
        if (field == null) {
            return null;
        }
        ValueForm form = level.field(name).form();
        if (Scalars.json(field.value()) instanceof Long whole && whole >= form.least() && whole <= form.most()) {
            return whole.intValue();
        }
        place.problem(field.line(), name + ": expected an integer from " + form.least() + " to " + form.most());
        return null;
    }

    /** One of the field's words; the first is the default. */
    public String word(String name) {
        List<String> words = level.field(name).form().words();
        String word = text(name);
        if (word == null || words.contains(word)) {
            return word == null ? words.get(0) : word;
        }
        place.problem(line(name), "unknown " + name + " \"" + word + "\"" + DidYouMean.hint(word, words));
        return words.get(0);
    }

    /** The items of a list; empty when it is not there. */
    public List<Node> items(String name) {
        Field field = get(name);
        if (field == null) {
            return List.of();
        }
        if (field.value() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        wrong(field, "a list, such as [a, b]");
        return List.of();
    }

    /** The items of a list that must be there and not be empty. */
    public List<Node> items(String name, String fix) {
        List<Node> items = items(name);
        Field field = get(name);
        if (field == null) {
            missing(name, fix);
        } else if (items.isEmpty() && field.value() instanceof SequenceNode) {
            place.problem(field.line(), "\"" + name + "\" is empty; " + fix);
        }
        return items;
    }

    private void wrong(Field field, String expected) {
        place.problem(field.line(), field.name() + ": expected " + expected + ", not " + kind(field.value()));
    }

    /** What a node is, without saying what it holds. */
    public static String kind(Node node) {
        if (node instanceof ScalarNode) {
            Object value = Scalars.json(node);
            return value == null
                    ? "nothing"
                    : value instanceof String ? "a text" : value instanceof Boolean ? "a boolean" : "a number";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }
}
