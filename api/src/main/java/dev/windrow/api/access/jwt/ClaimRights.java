package dev.windrow.api.access.jwt;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.claim.ClaimValues;
import dev.windrow.api.access.claim.PrincipalNames;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What an issuer's token gives, by its claims. What is missing, or of another type than it must have, gives nothing.
 *
 * @param issuer says which claims hold what
 */
record ClaimRights(Issuer issuer) {
    /**
     * The caller's name as the issuer has it.
     *
     * @throws CredentialsRefusedException when the token names nobody
     */
    String principal(Jwt token) {
        Object name = find(token, issuer.principalClaim());
        String text = name instanceof Number ? name.toString() : name instanceof String string ? string : "";
        if (!PrincipalNames.isOne(text)) {
            throw new CredentialsRefusedException("The token names nobody: its claim " + issuer.principalClaim()
                    + " is missing, longer than " + PrincipalNames.MOST + " characters, or no text.");
        }
        return text;
    }

    /**
     * Roles, datasets, claims and limits.
     *
     * @throws CredentialsRefusedException for limits that are none, which might have been less than the usual ones
     */
    Rights of(Jwt token) {
        Set<String> roles =
                issuer.rolesClaim() == null ? Set.of(Role.EXPORT.word()) : words(find(token, issuer.rolesClaim()));
        Set<String> datasets = issuer.datasetsClaim() == null ? null : words(find(token, issuer.datasetsClaim()));
        Map<String, Object> claims = new LinkedHashMap<>();
        for (String name : issuer.claims()) {
            ClaimValues.of(find(token, name)).ifPresent(value -> claims.put(name, value));
        }
        return new Rights(roles, datasets, claims, allowance(token), Terms.NONE);
    }

    private Allowance allowance(Jwt token) {
        Object limits = find(token, issuer.limitsClaim());
        try {
            return limits == null ? Allowance.USUAL : ClaimValues.allowance(limits);
        } catch (IllegalArgumentException e) {
            throw new CredentialsRefusedException(
                    "The token's claim " + issuer.limitsClaim() + " can't be read: " + e.getMessage(), e);
        }
    }

    /** A list of texts, or words with blanks between (as {@code scope} has them, RFC 8693, section 4.2). */
    private static Set<String> words(@Nullable Object value) {
        Set<String> words = new HashSet<>();
        if (value instanceof String text) {
            words.addAll(Arrays.asList(text.split(" ")));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> {
                if (item instanceof String text) {
                    words.add(text);
                }
            });
        }
        words.remove("");
        return words;
    }

    /** By its name, or by names with dots between where a claim is an object: {@code realm_access.roles}. */
    private static @Nullable Object find(Jwt token, String name) {
        Object whole = token.getClaims().get(name);
        if (whole != null) {
            return whole;
        }
        Object found = token.getClaims();
        for (String step : name.split("\\.", -1)) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return found;
    }
}
