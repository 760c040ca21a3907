package dev.windrow.api.token;

import dev.windrow.api.access.Terms;
import dev.windrow.api.access.claim.ClaimValues;
import dev.windrow.api.access.token.TokenOrder;
import dev.windrow.api.access.token.TokenRights;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.Durations;
import dev.windrow.api.request.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a token as it is asked for: its shape, which is not yet compared with the catalog and the key. Which datasets
 * it is for must be said: a token that gave all because somebody forgot them would give too much.
 */
final class TokenRequest {
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Set<String> FIELDS = Set.of(
            "principal", "datasets", "parameters", "claims", "columns", "formats", "maxRows", "origin", "expiresIn");

    private TokenRequest() {}

    /** Reads the shape; ends the request with every fault that there is. */
    static TokenOrder of(@Nullable Object body) {
        if (!(body instanceof Map<?, ?> fields)) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body must be a JSON object.");
        }
        Faults faults = new Faults();
        TokenOrder order = new Reading(fields, faults).all();
        faults.throwIfAny(ProblemType.MALFORMED_REQUEST);
        return order;
    }

    /** What is there and of another type, null too, is a fault and then as good as left out. */
    private record Reading(Map<?, ?> fields, Faults faults) {
        TokenOrder all() {
            fields.keySet().stream()
                    .filter(name -> !FIELDS.contains(String.valueOf(name)))
                    .forEach(name -> faults.add(Faults.pointer(name), "is not a field of this request"));
            for (String name : List.of("principal", "datasets")) {
                if (!fields.containsKey(name)) {
                    faults.add(Faults.pointer(name), "is missing");
                }
            }
            String principal = text("principal");
            List<String> datasets = texts("datasets");
            return new TokenOrder(
                    principal == null ? "" : principal,
                    datasets == null ? List.of() : datasets,
                    claims(),
                    new Terms(values("parameters"), texts("columns"), texts("formats"), rows(), text("origin")),
                    duration());
        }

        private @Nullable String text(String name) {
            if (fields.get(name) instanceof String text) {
                return text;
            }
            wrong(name, "must be a string");
            return null;
        }

        private @Nullable List<String> texts(String name) {
            if (!(fields.get(name) instanceof List<?> items)) {
                wrong(name, "must be a list of strings");
                return null;
            }
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof String text) {
                    texts.add(text);
                } else {
                    faults.add(Faults.pointer(name, i), "must be a string");
                }
            }
            return texts;
        }

        /** A null would lock nothing, whatever it was meant to. */
        private Map<String, Object> values(String name) {
            Map<String, Object> values = new LinkedHashMap<>();
            if (fields.get(name) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    if (value == null) {
                        faults.add(Faults.pointer(name, key), "must have a value");
                    } else {
                        values.put(String.valueOf(key), value);
                    }
                });
            } else {
                wrong(name, "must be an object");
            }
            return values;
        }

        private Map<String, Object> claims() {
            Map<String, Object> claims = values("claims");
            claims.forEach((name, value) -> {
                if (name.equals(TokenRights.LIMITS)) {
                    try {
                        var unused = ClaimValues.allowance(value);
                    } catch (IllegalArgumentException e) {
                        faults.add(Faults.pointer("claims", name), "can't be read: " + e.getMessage());
                    }
                } else if (ClaimValues.of(value).isEmpty()) {
                    faults.add(
                            Faults.pointer("claims", name),
                            "must be a string, a number, true, false, or a list of them");
                }
            });
            return claims;
        }

        private @Nullable Long rows() {
            if (fields.get("maxRows") instanceof Long rows) {
                return rows;
            }
            wrong("maxRows", "must be an integer");
            return null;
        }

        private Duration duration() {
            Optional<Duration> time = Durations.parse(fields.get("expiresIn"));
            if (time.isEmpty()) {
                wrong("expiresIn", "must be an ISO 8601 duration of hours, minutes and seconds, such as PT10M");
            }
            return time.orElse(USUAL);
        }

        private void wrong(String name, String detail) {
            if (fields.containsKey(name)) {
                faults.add(Faults.pointer(name), detail);
            }
        }
    }
}
