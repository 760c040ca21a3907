package dev.windrow.common.catalog;

import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a caller gives against a dataset's parameters, and makes of it what SQL is bound with. Nothing is
 * coerced: the text {@code "5"} is no integer. A default that is a {@link Parameter.Moment} is none here: who knows the
 * time puts its value among those that are given. The one exception is JSON Schema's own, where a number without a
 * fraction ({@code 5.0}) is an integer. An explicit null counts as not given. Without state, so safe for every thread.
 */
public final class ParameterBinder {
    /** The parameter that every query may name and nobody may give: the name of the caller. */
    public static final String PRINCIPAL = "principal";

    /** What queries of values to choose from may name beside the caller: the text that is searched. */
    public static final Parameter SEARCHED = new Parameter(
            "q",
            new Parameter.Kind(ParameterType.STRING, false, null),
            true,
            null,
            Parameter.Words.NONE,
            Parameter.Limits.NONE);

    private ParameterBinder() {}

    /**
     * Binds the values of one start.
     *
     * @param given from the request: String, Boolean, any Number, List, Map or null, as a JSON parser leaves them
     * @param principal the caller's name
     * @param claims a value for each of the dataset's claims, as SQL takes it
     * @throws InvalidParametersException with every fault there is; none of them repeats a value
     */
    public static BoundParameters bind(
            Dataset dataset,
            Map<String, @Nullable Object> given,
            String principal,
            Map<String, @Nullable Object> claims)
            throws InvalidParametersException {
        List<Fault> faults = new ArrayList<>();
        for (Dataset.Claim claim : dataset.claims()) {
            String name = claim.parameter().name();
            if (!claims.containsKey(name)) {
                throw new IllegalArgumentException("claims: no " + name);
            }
            if (given.containsKey(name)) {
                faults.add(new Fault(pointer(name), "comes with the caller's credentials and cannot be given"));
            }
        }
        Map<String, @Nullable Object> others = new LinkedHashMap<>(given);
        others.keySet().removeAll(claims.keySet());
        BoundParameters bound = bind(dataset.parameters(), others, principal, faults);
        Map<String, @Nullable Object> sql = new LinkedHashMap<>(bound.sql());
        sql.putAll(claims);
        return new BoundParameters(bound.json(), sql);
    }

    /** The same for parameters that belong to no dataset yet. */
    public static BoundParameters bind(
            List<Parameter> parameters, Map<String, @Nullable Object> given, String principal)
            throws InvalidParametersException {
        return bind(parameters, given, principal, new ArrayList<>());
    }

    private static BoundParameters bind(
            List<Parameter> parameters, Map<String, @Nullable Object> given, String principal, List<Fault> faults)
            throws InvalidParametersException {
        Map<String, Object> json = new LinkedHashMap<>();
        Map<String, @Nullable Object> sql = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Object value = given.get(parameter.name());
            if (value == null && parameter.required()) {
                faults.add(new Fault(pointer(parameter.name()), "is required"));
            }
            Object effective = value == null ? fixed(parameter.defaultValue()) : value;
            ValueBinder.Bound bound = effective == null
                    ? null
                    : new ValueBinder(parameter, faults).bind(effective, pointer(parameter.name()));
            sql.put(parameter.name(), bound == null ? null : bound.sql());
            if (bound != null) {
                json.put(parameter.name(), bound.json());
            }
        }
        refuseUnknown(parameters, given, faults);
        if (!faults.isEmpty()) {
            throw new InvalidParametersException(faults);
        }
        sql.put(PRINCIPAL, principal);
        return new BoundParameters(json, sql);
    }

    private static @Nullable Object fixed(@Nullable Object value) {
        return value instanceof Parameter.Moment ? null : value;
    }

    /**
     * What a query of values to choose from is bound with: the text, to be found anywhere by SQL's {@code like}, and
     * who asks.
     *
     * @param claims a value for each of the dataset's claims, as SQL takes it
     */
    public static BoundParameters search(String text, String principal, Map<String, @Nullable Object> claims) {
        Map<String, @Nullable Object> sql = new LinkedHashMap<>(claims);
        sql.put(SEARCHED.name(), '%' + text + '%');
        sql.put(PRINCIPAL, principal);
        return new BoundParameters(Map.of(), sql);
    }

    /** A value of the source as a start may give it, in its JSON form; empty where a start would be refused for it. */
    public static Optional<Object> fitting(Parameter parameter, Object value) {
        try {
            String name = parameter.name();
            return Optional.ofNullable(bind(List.of(parameter.single()), Map.of(name, value), "")
                    .json()
                    .get(name));
        } catch (InvalidParametersException e) {
            return Optional.empty();
        }
    }

    private static void refuseUnknown(
            List<Parameter> parameters, Map<String, @Nullable Object> given, List<Fault> faults) {
        List<String> names = parameters.stream().map(Parameter::name).collect(Collectors.toList());
        // Once: a body has room for thousands of names.
        String unknown =
                "unknown parameter; this dataset has " + (names.isEmpty() ? "no parameters" : String.join(", ", names));
        for (String name : given.keySet()) {
            if (name.equals(PRINCIPAL)) {
                faults.add(new Fault(pointer(name), "is always the caller's own name and cannot be given"));
            } else if (!names.contains(name)) {
                faults.add(new Fault(pointer(name), unknown));
            }
        }
    }

    /** RFC 6901, section 3. Half a surrogate pair has no UTF-8, so the answer could not be written with it. */
    private static String pointer(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        StringBuilder pointer = new StringBuilder("/parameters/");
        escaped.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .forEach(pointer::appendCodePoint);
        return pointer.toString();
    }
}
