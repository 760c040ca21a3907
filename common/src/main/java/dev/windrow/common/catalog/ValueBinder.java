package dev.windrow.common.catalog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds values of one parameter. What does not fit becomes a fault, and no value. */
final class ValueBinder {
    /** Beyond these no database has numbers, and a short text such as 1e999999999 would become a gigabyte of digits. */
    private static final int MAX_INTEGER_DIGITS = 309;

    private static final int MAX_SCALE = 400;

    private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Parameter parameter;
    private final List<Fault> faults;
    private final TextRules rules;

    ValueBinder(Parameter parameter, List<Fault> faults) {
        this.parameter = parameter;
        this.faults = faults;
        rules = new TextRules(parameter);
    }

    /** A value that fits, in its JSON form and as SQL takes it. */
    record Bound(Object json, Object sql) {}

    @Nullable Bound bind(Object value, String pointer) {
        if (!parameter.list()) {
            return single(value, pointer);
        }
        if (!(value instanceof List<?> values)) {
            return fault(pointer, "expected a list of " + typeName() + " values, not " + kind(value));
        }
        if (values.isEmpty() || values.size() > Parameter.MAX_LIST) {
            return fault(pointer, "expected 1 to " + Parameter.MAX_LIST + " values, not " + values.size());
        }
        List<Object> json = new ArrayList<>(values.size());
        List<Object> sql = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Bound bound = single(values.get(i), pointer + "/" + i);
            if (bound != null) {
                json.add(bound.json());
                sql.add(bound.sql());
            }
        }
        return json.size() == values.size() ? new Bound(List.copyOf(json), List.copyOf(sql)) : null;
    }

    private @Nullable Bound single(@Nullable Object value, String pointer) {
        Bound bound = switch (parameter.type()) {
            case STRING, DATE, TIMESTAMP ->
                value instanceof String text ? text(text, pointer) : wrongType(value, pointer);
            case INTEGER -> value instanceof Number number ? integer(number, pointer) : wrongType(value, pointer);
            case NUMBER -> value instanceof Number number ? number(number, pointer) : wrongType(value, pointer);
            case BOOLEAN -> value instanceof Boolean ? new Bound(value, value) : wrongType(value, pointer);
        };
        if (bound != null && !isAllowed(bound.json())) {
            String allowed =
                    parameter.allowed().stream().map(ValueBinder::quoted).collect(Collectors.joining(", "));
            return fault(pointer, "expected one of " + allowed);
        }
        return bound;
    }

    private boolean isAllowed(Object value) {
        return parameter.allowed().isEmpty()
                || parameter.allowed().stream().anyMatch(allowed -> isSame(allowed, value));
    }

    private static boolean isSame(Object one, Object other) {
        if (one instanceof Number number && other instanceof Number otherNumber) {
            return new BigDecimal(number.toString()).compareTo(new BigDecimal(otherNumber.toString())) == 0;
        }
        return one.equals(other);
    }

    private @Nullable Bound text(String text, String pointer) {
        List<String> wrong = rules.check(text);
        if (!wrong.isEmpty()) {
            wrong.forEach(detail -> fault(pointer, detail));
            return null;
        }
        try {
            return switch (parameter.type()) {
                case DATE -> new Bound(text, Rfc3339.date(text).toString());
                case TIMESTAMP -> timestamp(text);
                default -> new Bound(text, text);
            };
        } catch (DateTimeException e) {
            return fault(pointer, "expected " + expected());
        }
    }

    private Bound timestamp(String text) {
        Instant instant = Rfc3339.timestamp(text);
        boolean asText = parameter.bind() == Parameter.TimestampBinding.TEXT;
        return new Bound(text, asText ? instant.toString() : (Object) instant.toEpochMilli());
    }

    private @Nullable Bound integer(Number given, String pointer) {
        BigDecimal value = sane(given);
        if (value == null && given instanceof BigDecimal huge && huge.scale() > 0) {
            return wrongType(given, pointer);
        }
        if (value != null && value.scale() > 0) {
            return wrongType(given, pointer);
        }
        if (value == null || value.compareTo(LEAST_LONG) < 0 || value.compareTo(GREATEST_LONG) > 0) {
            return fault(pointer, "expected an integer from " + LEAST_LONG + " to " + GREATEST_LONG);
        }
        long whole = value.longValueExact();
        return inRange(value, pointer) ? new Bound(whole, whole) : null;
    }

    private @Nullable Bound number(Number given, String pointer) {
        BigDecimal value = sane(given);
        if (value == null) {
            return fault(
                    pointer,
                    "expected a number between -1e308 and 1e308 with at most " + MAX_SCALE + " decimal places");
        }
        return inRange(value, pointer) ? new Bound(canonical(value), value) : null;
    }

    private boolean inRange(BigDecimal value, String pointer) {
        int before = faults.size();
        if (parameter.minimum() != null && value.compareTo(parameter.minimum()) < 0) {
            fault(pointer, "expected at least " + parameter.minimum().toPlainString());
        }
        if (parameter.maximum() != null && value.compareTo(parameter.maximum()) > 0) {
            fault(pointer, "expected at most " + parameter.maximum().toPlainString());
        }
        return faults.size() == before;
    }

    /** The number without trailing zeros; null when it is not finite, or so large or fine that nobody means it. */
    private static @Nullable BigDecimal sane(Number given) {
        if ((given instanceof Double || given instanceof Float) && !Double.isFinite(given.doubleValue())) {
            return null;
        }
        BigDecimal value = given instanceof BigDecimal decimal ? decimal : new BigDecimal(given.toString());
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        // Before anything that works on the digits one by one.
        boolean tooLarge = (long) value.precision() - value.scale() > MAX_INTEGER_DIGITS;
        if (tooLarge || value.precision() > MAX_INTEGER_DIGITS + MAX_SCALE) {
            return null;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() > MAX_SCALE ? null : stripped;
    }

    /**
     * One form for each number, so that 5, 5.0 and 5e0 are the same value of a parameter wherever values are compared.
     */
    private static Object canonical(BigDecimal value) {
        if (value.scale() > 0) {
            return value;
        }
        BigInteger whole = value.toBigIntegerExact();
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValueExact() : whole;
    }

    private @Nullable Bound wrongType(@Nullable Object value, String pointer) {
        return fault(pointer, "expected " + expected() + ", not " + kind(value));
    }

    private @Nullable Bound fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
        return null;
    }

    private String typeName() {
        return parameter.type().id();
    }

    private String expected() {
        return switch (parameter.type()) {
            case STRING -> "a string";
            case INTEGER -> "an integer";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case DATE -> "a date such as \"2026-01-31\"";
            case TIMESTAMP -> "an RFC 3339 time with its offset, such as \"2026-01-31T12:00:00Z\"";
        };
    }

    /** What JSON calls the value; a number with a fraction is told from an integer. */
    private static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof String) {
            return "a string";
        } else if (value instanceof Boolean) {
            return "a boolean";
        } else if (value instanceof List) {
            return "a list";
        } else if (value instanceof Map) {
            return "an object";
        }
        BigDecimal number = value instanceof Number given ? sane(given) : null;
        return number != null && number.scale() <= 0 ? "an integer" : "a number with a fraction";
    }

    private static String quoted(Object value) {
        return value instanceof String ? "\"" + value + "\"" : value.toString();
    }
}
