package dev.windrow.app.keys;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.key.ApiKey;
import dev.windrow.common.text.DidYouMean;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * An entry of a key as somebody wrote it. A field that is there and empty is refused, not taken for one that is left
 * out, which would give all datasets, or a key without an end.
 */
final class KeyEntry {
    private static final List<String> FIELDS =
            List.of("name", "sha256", "principal", "roles", "datasets", "claims", "limits", "not-before", "expires");
    private static final List<String> LIMITS =
            List.of("starts-per-minute", "active", "active-per-caller", "rows-per-day", "bytes-per-day");

    private final Map<String, Object> fields;
    private final Set<String> groups;

    private KeyEntry(Map<String, Object> fields, Set<String> groups) {
        this.fields = fields;
        this.groups = groups;
    }

    /**
     * Reads an entry.
     *
     * @param written its fields by their names, as {@code not-before} or {@code notBefore}
     * @param groups that roles may name beside Windrow's own
     * @throws IllegalArgumentException saying what does not fit, and what would
     */
    static ApiKey read(Map<String, ? extends @Nullable Object> written, Set<String> groups) {
        return new KeyEntry(known("", written, FIELDS), groups).key();
    }

    private ApiKey key() {
        String name = text("name");
        String sha256 = text("sha256");
        if (name == null || sha256 == null) {
            throw new IllegalArgumentException(
                    "no " + (name == null ? "name" : "sha256") + "; `windrow key new NAME` writes a whole entry");
        }
        String principal = text("principal");
        Set<String> roles = texts("roles");
        Rights rights = new Rights(
                roles == null ? Set.of(Role.EXPORT.word()) : checkedRoles(roles),
                texts("datasets"),
                claims(),
                allowance(),
                Terms.NONE);
        return new ApiKey(
                name, sha256, principal == null ? name : principal, rights, time("not-before"), time("expires"));
    }

    private Set<String> checkedRoles(Set<String> roles) {
        List<String> known = Stream.concat(
                        Stream.of(Role.values()).map(Role::word),
                        groups.stream().sorted())
                .toList();
        for (String role : roles) {
            if (!known.contains(role)) {
                throw new IllegalArgumentException("unknown role \"" + role + "\"" + DidYouMean.hint(role, known));
            }
        }
        return roles;
    }

    private Map<String, Object> claims() {
        Object claims = fields.get("claims");
        if (claims == null) {
            return Map.of();
        }
        if (!(claims instanceof Map<?, ?> named)) {
            throw new IllegalArgumentException("claims: expected names and values, such as { tenant: 7 }");
        }
        Map<String, Object> read = new LinkedHashMap<>();
        named.forEach((name, value) -> read.put(String.valueOf(name), claim(String.valueOf(name), value)));
        return read;
    }

    private static Object claim(String name, @Nullable Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(item -> scalar(name, item)).toList();
        }
        return scalar(name, value);
    }

    private static Object scalar(String name, @Nullable Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return value;
        } else if (value instanceof Integer whole) {
            return whole.longValue();
        } else if (value instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        }
        throw new IllegalArgumentException(
                "claims: " + name + ": expected a text, a number of at most 64 bits, true, false, or a list of these");
    }

    private Allowance allowance() {
        Object limits = fields.get("limits");
        if (limits == null) {
            return Allowance.USUAL;
        }
        if (!(limits instanceof Map<?, ?> numbers)) {
            throw new IllegalArgumentException("limits: expected names and numbers, such as { starts-per-minute: 10 }");
        }
        Map<String, Object> read = known("limits: ", numbers, LIMITS);
        if (read.containsKey("active") && read.containsKey("active-per-caller")) {
            throw new IllegalArgumentException("limits: active and active-per-caller are the same; remove one of them");
        }
        Long active = number(read, read.containsKey("active") ? "active" : "active-per-caller");
        Long starts = number(read, "starts-per-minute");
        return new Allowance(
                starts == null ? null : Math.toIntExact(starts),
                active == null ? null : Math.toIntExact(active),
                number(read, "rows-per-day"),
                number(read, "bytes-per-day"));
    }

    private static @Nullable Long number(Map<String, Object> limits, String name) {
        Object value = limits.get(name);
        if (value == null) {
            return null;
        }
        boolean bytes = name.equals("bytes-per-day");
        try {
            String text = value.toString().strip();
            long number = bytes ? DataSize.parse(text).toBytes() : Long.parseLong(text);
            if (number >= 0 && (number <= Integer.MAX_VALUE || name.endsWith("-per-day"))) {
                return number;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException("limits: " + name + ": expected a "
                + (bytes ? "size such as 2GB" : "whole number that is not negative"));
    }

    private @Nullable Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name + ": expected a date, which is its first moment in UTC, or a time with its zone, such as"
                            + " 2027-01-31 or 2027-01-31T12:00:00Z",
                    e);
        }
    }

    private @Nullable String text(String name) {
        Object value = fields.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException(name + ": expected a text; put it in quotes");
    }

    /** In the order in which they are written; null when the field is left out. */
    private @Nullable Set<String> texts(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        Collection<?> items = value instanceof Collection<?> list ? list : List.of(value);
        for (Object item : items) {
            if (!(item instanceof String text) || text.isBlank()) {
                throw new IllegalArgumentException(name + ": expected a list of texts, such as [a, b]");
            }
        }
        return items.stream().map(Object::toString).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The fields by the names that they have here; refuses others, and those that are there without a value. */
    private static Map<String, Object> known(
            String where, Map<?, ? extends @Nullable Object> written, List<String> names) {
        Map<String, Object> known = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            String given = String.valueOf(key);
            String name = names.stream()
                    .filter(one -> plain(one).equals(plain(given)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            where + "unknown field \"" + given + "\"" + DidYouMean.hint(given, names)));
            if (value == null) {
                throw new IllegalArgumentException(where + name + " has no value; write one, or leave it out");
            } else if (known.put(name, value) != null) {
                throw new IllegalArgumentException(where + name + " is there twice; remove one of them");
            }
        });
        return known;
    }

    private static String plain(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
