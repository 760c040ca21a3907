package dev.windrow.common.catalog.yaml.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a field: for the reader, the manual and the JSON Schema alike. Immutable.
 *
 * @param type in words, as the manual has it
 * @param words all that there are, the default first; empty for what is not one of a few words
 * @param least the least whole number; 0 for what is not one
 * @param most the greatest whole number; 0 for what is not one
 * @param level the name of the {@link Level} of the mapping, or of the mappings in it; null for what holds none
 * @param schema the same in JSON Schema 2020-12, where a level is {@code #/$defs/NAME}
 */
public record ValueForm(
        String type,
        List<String> words,
        int least,
        int most,
        @Nullable String level,
        Map<String, Object> schema) {
    /** A plain number or boolean is the text that it is written as. */
    private static final List<String> SCALARS = List.of("string", "number", "boolean");

    /** Any text, also an empty one. */
    public static ValueForm text() {
        return plain("text", schema("type", SCALARS));
    }

    /** A text that is more than blanks. */
    public static ValueForm filledText() {
        return plain("text", schema("type", SCALARS, "pattern", "\\S"));
    }

    /** A text that is, as a whole, what the pattern says. */
    public static ValueForm name(Pattern pattern) {
        return plain("`" + pattern + "`", schema("type", SCALARS, "pattern", whole(pattern)));
    }

    /** One of a few words; the first is the default of a field that has one. */
    public static ValueForm word(List<String> words) {
        String all = words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        return new ValueForm(all, List.copyOf(words), 0, 0, null, schema("enum", words));
    }

    /** One of a few words, of which {@code null} is one: without quotes, it is a null. */
    public static ValueForm wordOrNull(List<String> words) {
        List<@Nullable String> values = new ArrayList<>(words);
        values.add(null);
        return new ValueForm(word(words).type(), List.copyOf(words), 0, 0, null, schema("enum", values));
    }

    /** {@code true} or {@code false}. */
    public static ValueForm flag() {
        return plain("`true`, `false`", schema("type", "boolean"));
    }

    /** A number of any kind. */
    public static ValueForm number() {
        return plain("number", schema("type", "number"));
    }

    /** A whole number within bounds, both among them. */
    public static ValueForm integer(int least, int most) {
        Map<String, Object> schema = schema("type", "integer", "minimum", least, "maximum", most);
        return new ValueForm("whole number, " + least + " to " + most, List.of(), least, most, null, schema);
    }

    /** A value of a parameter; no null. */
    public static ValueForm value() {
        return plain("values of the `type`", schema("type", SCALARS));
    }

    /** A value of a parameter, or a list of such values. */
    public static ValueForm values() {
        List<String> types = List.of("string", "number", "boolean", "array");
        return plain("value of the `type`, or a list of them", schema("type", types, "items", schema("type", SCALARS)));
    }

    /** A mapping of that level. */
    public static ValueForm mapping(String level) {
        return new ValueForm(link(level), List.of(), 0, 0, level, reference(level));
    }

    /** Mappings of that level by names of the operator's own. */
    public static ValueForm named(Pattern name, String level) {
        Map<String, Object> schema = schema(
                "type",
                "object",
                "patternProperties",
                schema(whole(name), reference(level)),
                "additionalProperties",
                false);
        return new ValueForm("`" + name + "`: " + link(level), List.of(), 0, 0, level, schema);
    }

    /** A list whose items are all of one form. */
    public static ValueForm listOf(ValueForm item) {
        return list(item, schema("type", "array", "items", item.schema()));
    }

    /** A list of at least one. */
    public static ValueForm filledListOf(ValueForm item) {
        return list(item, schema("type", "array", "minItems", 1, "items", item.schema()));
    }

    private static ValueForm list(ValueForm item, Map<String, Object> schema) {
        return new ValueForm("list of " + item.type(), item.words(), 0, 0, item.level(), schema);
    }

    private static ValueForm plain(String type, Map<String, Object> schema) {
        return new ValueForm(type, List.of(), 0, 0, null, schema);
    }

    private static String link(String level) {
        return "[" + level + "](#" + level + ")";
    }

    private static String whole(Pattern pattern) {
        return "^(?:" + pattern + ")$";
    }

    private static Map<String, Object> reference(String level) {
        return schema("$ref", "#/$defs/" + level);
    }

    /** In the order given, so that the written schema is always the same. */
    private static Map<String, Object> schema(Object... namesAndValues) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            schema.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return schema;
    }
}
