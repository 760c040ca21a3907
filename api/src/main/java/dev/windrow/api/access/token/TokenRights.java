package dev.windrow.api.access.token;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.claim.ClaimValues;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a token gives: {@code export}, and what both its key and itself say.
 *
 * @param usual the limits of everybody, which a token may lower but not raise
 */
public record TokenRights(Allowance usual) {
    /** The claim that holds the bearer's own limits. */
    public static final String LIMITS = "limits";

    /**
     * What a token would give that is not made yet.
     *
     * @param key what the key gives
     * @param claims as the token would have them; with limits that can be read
     */
    public Rights of(Rights key, Set<String> datasets, Map<String, Object> claims, Terms terms) {
        Set<String> both = new LinkedHashSet<>(datasets);
        if (key.datasets() != null) {
            both.retainAll(key.datasets());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        claims.forEach((name, value) -> ClaimValues.of(value).ifPresent(claim -> all.put(name, claim)));
        // What the operator has fixed for the key is not for its holder to say.
        all.putAll(key.claims());
        return new Rights(roles(key), both, all, allowance(key.allowance(), claims.get(LIMITS)), terms);
    }

    /**
     * @param key what the key gives now
     * @param token the payload of a token that holds
     */
    Rights of(Rights key, Map<?, ?> token) {
        Map<String, Object> claims = values(token.get(TokenMint.CLAIMS));
        return of(key, new LinkedHashSet<>(texts(token.get(TokenMint.DATASETS))), claims, terms(token));
    }

    /** The key's groups, which the catalog goes by, and none of the words that would let the bearer do more. */
    private static Set<String> roles(Rights key) {
        Set<String> roles = key.roles().stream()
                .filter(word -> Role.of(word).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        roles.add(Role.EXPORT.word());
        return roles;
    }

    private Allowance allowance(Allowance key, @Nullable Object given) {
        if (given == null) {
            return key;
        }
        Allowance token = ClaimValues.allowance(given);
        return new Allowance(
                least(token.startsPerMinute(), key.startsPerMinute(), usual.startsPerMinute()),
                least(token.active(), key.active(), usual.active()),
                least(token.rowsPerDay(), key.rowsPerDay(), usual.rowsPerDay()),
                least(token.bytesPerDay(), key.bytesPerDay(), usual.bytesPerDay()));
    }

    private static <T extends Comparable<T>> @Nullable T least(@Nullable T token, @Nullable T key, @Nullable T usual) {
        T most = key == null ? usual : key;
        return token == null ? key : most != null && most.compareTo(token) < 0 ? most : token;
    }

    private static Terms terms(Map<?, ?> token) {
        return new Terms(
                values(token.get(TokenMint.PARAMETERS)),
                token.containsKey(TokenMint.COLUMNS) ? texts(token.get(TokenMint.COLUMNS)) : null,
                token.containsKey(TokenMint.FORMATS) ? texts(token.get(TokenMint.FORMATS)) : null,
                token.get(TokenMint.MAX_ROWS) instanceof Long rows ? rows : null,
                token.get(TokenMint.ORIGIN) instanceof String origin ? origin : null);
    }

    private static Map<String, Object> values(@Nullable Object object) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null) {
                    values.put(String.valueOf(name), value);
                }
            });
        }
        return values;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
