package dev.windrow.api.access.claim;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Rights;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What credentials say of callers, as {@link Rights} and {@link Allowance} have it. */
public final class ClaimValues {
    private static final Set<String> LIMITS = Set.of("startsPerMinute", "active", "rowsPerDay", "bytesPerDay");

    private ClaimValues() {}

    /**
     * The value of a claim: String, Boolean, Long, Double, or a List of them. Empty for other things, which no query
     * can be given: an object, null, a number beyond those types, a list with such an item.
     *
     * @param value as parsers of JSON, YAML and tokens leave it
     */
    public static Optional<Object> of(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return single(value);
        }
        List<Object> items = new ArrayList<>();
        for (Object item : list) {
            Optional<Object> one = single(item);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            items.add(one.get());
        }
        return Optional.of(List.copyOf(items));
    }

    private static Optional<Object> single(@Nullable Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Long) {
            return Optional.of(value);
        }
        if (value instanceof Instant time) {
            return Optional.of(time.getEpochSecond());
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return Optional.of(((Number) value).longValue());
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? Optional.of(big.longValue()) : Optional.empty();
        }
        if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * A caller's own limits, from an object with {@code startsPerMinute}, {@code active}, {@code rowsPerDay} and
     * {@code bytesPerDay}, each of which may be missing.
     *
     * @throws IllegalArgumentException for anything else; its message goes on after the object's name
     */
    public static Allowance allowance(Object value) {
        if (!(value instanceof Map<?, ?> limits)) {
            throw new IllegalArgumentException("it is no object");
        }
        for (Object name : limits.keySet()) {
            if (!(name instanceof String text) || !LIMITS.contains(text)) {
                throw new IllegalArgumentException("it takes startsPerMinute, active, rowsPerDay and bytesPerDay only");
            }
        }
        return new Allowance(
                small(limits, "startsPerMinute"),
                small(limits, "active"),
                whole(limits, "rowsPerDay", Long.MAX_VALUE),
                whole(limits, "bytesPerDay", Long.MAX_VALUE));
    }

    private static @Nullable Integer small(Map<?, ?> limits, String name) {
        Long value = whole(limits, name, Integer.MAX_VALUE);
        return value == null ? null : Math.toIntExact(value);
    }

    private static @Nullable Long whole(Map<?, ?> limits, String name, long most) {
        if (!limits.containsKey(name)) {
            return null;
        }
        if (of(limits.get(name)).orElse("") instanceof Long value && value >= 0 && value <= most) {
            return value;
        }
        throw new IllegalArgumentException(name + " must be a whole number from 0 to " + most);
    }
}
