package dev.windrow.app.keys;

import dev.windrow.api.access.Role;
import dev.windrow.api.access.key.ApiKey;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a key that is being made.
 *
 * @param principal null for the name
 * @param roles null for {@code export}
 * @param datasets null for all
 * @param expires a span from now such as {@code P90D}, a date or a time; null for never
 */
public record NewKey(
        String name,
        @Nullable String principal,
        @Nullable List<String> roles,
        @Nullable List<String> datasets,
        @Nullable String expires) {
    /** For how long a key holds where nobody says: one that never ends is found by the wrong people some day. */
    public static final String USUAL_SPAN = "P365D";

    /**
     * The entry as YAML, with a line end.
     *
     * @throws IllegalArgumentException for what an entry must not have
     */
    public String entry(String sha256, Clock clock) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("sha256", sha256);
        if (principal != null) {
            fields.put("principal", principal);
        }
        fields.put("roles", roles == null ? List.of(Role.EXPORT.word()) : roles);
        if (datasets != null) {
            fields.put("datasets", datasets);
        }
        if (expires != null) {
            fields.put("expires", end(expires, clock.instant()));
        }
        if (roles != null && roles.stream().anyMatch(role -> role.contains(","))) {
            throw new IllegalArgumentException("role: give each role by a --role of its own, not with commas");
        }
        // Groups are the catalog's to name, which nobody has here.
        ApiKey key = KeyEntry.read(fields, roles == null ? Set.of() : Set.copyOf(roles));
        if (key.expires() != null && !key.expires().isAfter(clock.instant())) {
            throw new IllegalArgumentException("expires: " + expires
                    + " is over, so the key would never hold; give a time to come, or a span from now such as P90D");
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + yaml(field.getValue()))
                .collect(Collectors.joining("\n  ", "- ", "\n"));
    }

    private static String end(String text, Instant now) {
        if (!text.startsWith("P")) {
            return text;
        }
        try {
            Period span = Period.parse(text);
            if (!span.isNegative() && !span.isZero()) {
                return now.atZone(ZoneOffset.UTC)
                        .plus(span)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toInstant()
                        .toString();
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "expires: expected a span of days, months or years from now, such as P90D or P1Y, not " + text);
    }

    private static String yaml(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(NewKey::yaml).collect(Collectors.joining(", ", "[", "]"))
                : quoted(value.toString());
    }

    /** Plain where every reader of YAML takes it for a text. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9_-]{0,99}") && !text.matches("(?i)true|false|null|yes|no|on|off|y|n")
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
