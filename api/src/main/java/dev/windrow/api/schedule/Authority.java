package dev.windrow.api.schedule;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.claim.ClaimValues;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.request.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller as text, as it is kept with a schedule. Of a key its name is enough, since its rights are looked up when
 * they are needed; of a token of an issuer, and of an application's user, there is nothing to look up. Reading is
 * strict: what is not understood gives nothing.
 */
final class Authority {
    private static final JsonAnswers JSON = new JsonAnswers();
    private static final Set<Credential.Kind> KEPT_WHOLE = EnumSet.of(Credential.Kind.JWT, Credential.Kind.APPLICATION);

    private Authority() {}

    /** The text of a caller. */
    static String write(Caller caller) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("kind", caller.credential().kind().id());
        kept.put("name", caller.credential().name());
        if (KEPT_WHOLE.contains(caller.credential().kind())) {
            Rights rights = caller.rights();
            kept.put("roles", rights.roles());
            kept.put("datasets", rights.datasets());
            kept.put("claims", rights.claims());
            kept.put("limits", limits(rights.allowance()));
        }
        return new String(JSON.write(kept), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> limits(Allowance allowance) {
        Map<String, Object> limits = new LinkedHashMap<>();
        put(limits, "startsPerMinute", allowance.startsPerMinute());
        put(limits, "active", allowance.active());
        put(limits, "rowsPerDay", allowance.rowsPerDay());
        put(limits, "bytesPerDay", allowance.bytesPerDay());
        return limits;
    }

    private static void put(Map<String, Object> limits, String name, @Nullable Object value) {
        if (value != null) {
            limits.put(name, value);
        }
    }

    /** The caller of that name and text; empty for a text that this version does not know. */
    static Optional<Caller> read(String owner, String text) {
        if (!(StrictJson.parse(text) instanceof Map<?, ?> kept)
                || !(kept.get("kind") instanceof String kind)
                || !(kept.get("name") instanceof String name)) {
            return Optional.empty();
        }
        return Arrays.stream(Credential.Kind.values())
                .filter(one -> one.id().equals(kind))
                .findFirst()
                .map(one -> new Caller(owner, rights(kept), new Credential(one, name, null)));
    }

    private static Rights rights(Map<?, ?> kept) {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (kept.get("claims") instanceof Map<?, ?> map) {
            map.forEach(
                    (name, value) -> ClaimValues.of(value).ifPresent(claim -> claims.put(String.valueOf(name), claim)));
        }
        boolean all = kept.containsKey("datasets") && kept.get("datasets") == null;
        Set<String> datasets = all ? null : words(kept.get("datasets"));
        Object limits = kept.get("limits");
        Allowance allowance = limits == null ? Allowance.USUAL : ClaimValues.allowance(limits);
        return new Rights(words(kept.get("roles")), datasets, claims, allowance, Terms.NONE);
    }

    private static Set<String> words(@Nullable Object value) {
        Set<String> words = new HashSet<>();
        if (value instanceof List<?> list) {
            list.forEach(word -> words.add(String.valueOf(word)));
        }
        return words;
    }
}
