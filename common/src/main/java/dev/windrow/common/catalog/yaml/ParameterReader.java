package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Parameter.TimestampBinding;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.yaml.tree.Fields;
import dev.windrow.common.catalog.yaml.tree.Fields.Field;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.catalog.yaml.tree.Scalars;
import dev.windrow.common.text.DidYouMean;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads one parameter, and checks its default and its enum against the parameter itself. A parameter that is wrong is
 * given back all the same, so that queries that name it are not called wrong too.
 */
final class ParameterReader {
    private static final List<String> TYPES =
            Levels.PARAMETER.field("type").form().words();

    private final String name;
    private final Place place;
    private final Fields fields;
    private final @Nullable ParameterType known;
    private final ParameterType type;
    private final boolean required;
    private final boolean list;
    private final @Nullable Integer minLength;
    private final @Nullable Integer maxLength;
    private final @Nullable Pattern pattern;
    private final @Nullable BigDecimal minimum;
    private final @Nullable BigDecimal maximum;
    private final @Nullable TimestampBinding bind;
    private final @Nullable String choices;

    private ParameterReader(String name, Place place, Fields fields) {
        this.name = name;
        this.place = place;
        this.fields = fields;
        this.known = type(fields, place);
        this.type = known == null ? ParameterType.STRING : known;
        this.required = fields.flag("required");
        this.list = fields.flag("list");
        this.minLength = fields.integer("minLength");
        this.maxLength = fields.integer("maxLength");
        this.pattern = pattern(fields, place);
        this.minimum = bound("minimum");
        this.maximum = bound("maximum");
        String word = fields.word("bind");
        this.bind = type == ParameterType.TIMESTAMP ? TimestampBinding.valueOf(word.toUpperCase(Locale.ROOT)) : null;
        this.choices = choices();
    }

    /** Null when it has no fields at all, which is reported. */
    static @Nullable Parameter read(Field field, Place dataset) {
        Place place = dataset.within("parameter " + field.name());
        if (!Levels.PARAMETER_NAME.matcher(field.name()).matches()) {
            place.problem(field.line(), "not a name of a parameter; use letters, digits and \"_\", a letter first");
        } else if (field.name().equals(ParameterBinder.PRINCIPAL)) {
            place.problem(
                    field.line(), "this name is the caller's and always there; remove the parameter or rename it");
        }
        Fields fields = Fields.read(field.value(), field.line(), place, Levels.PARAMETER);
        return fields == null ? null : new ParameterReader(field.name(), place, fields).read();
    }

    private static @Nullable ParameterType type(Fields fields, Place place) {
        String word = fields.text("type", "add a type: " + String.join(", ", TYPES));
        if (word == null) {
            return null;
        }
        Optional<ParameterType> type = ParameterType.of(word);
        if (type.isEmpty()) {
            place.problem(fields.line("type"), "unknown type \"" + word + "\"" + DidYouMean.hint(word, TYPES));
        }
        return type.orElse(null);
    }

    private Parameter read() {
        String title = fields.text("title");
        String description = fields.text("description");
        if (known == null) {
            // What depends on the type would only be called wrong for that.
            return parameter(null, title, description, null, List.of(), list);
        }
        refuseForeign(List.of("minLength", "maxLength", "pattern"), List.of(ParameterType.STRING));
        refuseForeign(List.of("minimum", "maximum"), List.of(ParameterType.INTEGER, ParameterType.NUMBER));
        refuseForeign(List.of("bind"), List.of(ParameterType.TIMESTAMP));
        refuseForeign(
                List.of("values"),
                List.of(ParameterType.STRING, ParameterType.INTEGER, ParameterType.NUMBER, ParameterType.DATE));
        refuseContradictions();
        List<Object> allowed = allowed();
        return parameter(defaultValue(allowed), title, description, example(allowed), allowed, list);
    }

    private Parameter parameter(
            @Nullable Object defaultValue,
            @Nullable String title,
            @Nullable String description,
            @Nullable Object example,
            List<Object> allowed,
            boolean list) {
        return new Parameter(
                name,
                new Parameter.Kind(type, list, bind),
                required,
                defaultValue,
                new Parameter.Words(title, description, example, choices),
                new Parameter.Limits(minLength, maxLength, pattern, minimum, maximum, allowed));
    }

    private @Nullable String choices() {
        Field field = fields.get("values");
        Fields values =
                field == null ? null : Fields.read(field.value(), field.line(), place.within("values"), Levels.VALUES);
        return values == null ? null : values.text("query", "add the query that gives the values");
    }

    private void refuseContradictions() {
        if (fields.has("values") && fields.has("enum")) {
            place.problem(fields.line("values"), "enum has the values already; remove one of the two");
        }
        if (list && type == ParameterType.BOOLEAN) {
            place.problem(fields.line("list"), "a list of booleans has no use; remove list or change the type");
        }
        if (minLength != null && maxLength != null && minLength > maxLength) {
            place.problem(fields.line("minLength"), "minLength is above maxLength; swap them");
        }
        if (minimum != null && maximum != null && minimum.compareTo(maximum) > 0) {
            place.problem(fields.line("minimum"), "minimum is above maximum; swap them");
        }
    }

    private void refuseForeign(List<String> names, List<ParameterType> types) {
        for (String field : names) {
            if (fields.has(field) && !types.contains(type)) {
                String fitting = types.stream().map(ParameterType::id).collect(Collectors.joining(" or "));
                place.problem(
                        fields.line(field),
                        field + " is for type " + fitting + ", not " + type.id() + "; remove it or change the type");
            }
        }
    }

    private static @Nullable Pattern pattern(Fields fields, Place place) {
        String pattern = fields.text("pattern");
        try {
            return pattern == null ? null : Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            place.problem(
                    fields.line("pattern"), "pattern is no regular expression: " + e.getDescription() + "; correct it");
            return null;
        }
    }

    private @Nullable BigDecimal bound(String field) {
        BigDecimal bound = fields.number(field);
        if (bound != null
                && type == ParameterType.INTEGER
                && bound.stripTrailingZeros().scale() > 0) {
            place.problem(fields.line(field), field + ": expected an integer, as the type is; write one");
            return null;
        }
        return bound;
    }

    private List<Object> allowed() {
        List<Node> items = fields.has("enum") ? fields.items("enum", "add values or remove it") : List.of();
        Parameter single = parameter(null, null, null, null, List.of(), false);
        List<Object> allowed = new ArrayList<>();
        for (Node item : items) {
            Object value = fitting(single, item, "enum", Scalars.line(item));
            if (value != null && allowed.contains(value)) {
                place.problem(Scalars.line(item), "enum has " + value + " twice; remove one of them");
            } else if (value != null) {
                allowed.add(value);
            }
        }
        return allowed;
    }

    private @Nullable Object defaultValue(List<Object> allowed) {
        Field field = fields.get("default");
        if (field == null) {
            return null;
        }
        if (required) {
            place.warning(field.line(), "is required, so its default is never used");
        }
        boolean isTime = type == ParameterType.DATE || type == ParameterType.TIMESTAMP;
        if (isTime && !list && allowed.isEmpty() && Scalars.json(field.value()) instanceof String text) {
            Optional<Parameter.Moment> moment = Parameter.Moment.of(text);
            if (moment.isPresent()) {
                return moment.get();
            }
        }
        return fitting(parameter(null, null, null, null, allowed, list), field.value(), "default", field.line());
    }

    private @Nullable Object example(List<Object> allowed) {
        Field field = fields.get("example");
        return field == null
                ? null
                : fitting(parameter(null, null, null, null, allowed, list), field.value(), "example", field.line());
    }

    /** The value as the binder would take it; null when it would not, which is reported. */
    private @Nullable Object fitting(Parameter parameter, Node node, String field, int line) {
        Object value = Scalars.json(node);
        if (value == null) {
            place.problem(line, field + ": a null is no value; remove it");
            return null;
        }
        try {
            return ParameterBinder.bind(List.of(parameter), Map.of(name, value), "")
                    .json()
                    .get(name);
        } catch (InvalidParametersException e) {
            boolean isText =
                    type == ParameterType.STRING || type == ParameterType.DATE || type == ParameterType.TIMESTAMP;
            String fix = isText && (value instanceof Number || value instanceof Boolean)
                    ? "; put it in quotes"
                    : "; correct it";
            for (Fault fault : e.faults()) {
                place.problem(line, field + " does not fit: " + fault.detail() + fix);
            }
            return null;
        }
    }
}
