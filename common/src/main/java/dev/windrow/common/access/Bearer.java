package dev.windrow.common.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What somebody's credentials say, as far as a catalog asks for it. Immutable.
 *
 * @param roles the words
 * @param claims String, Boolean, any Number, or anything else, which no claim of a catalog fits
 * @param everyRole of who is alone with the service, where no security is set
 */
public record Bearer(Set<String> roles, Map<String, Object> claims, boolean everyRole) {
    /** Of whom nothing is known. */
    public static final Bearer NOBODY = new Bearer(Set.of(), Map.of(), false);

    public Bearer {
        roles = Set.copyOf(roles);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** Whether one of these roles is given: of none, nobody has one. */
    boolean hasOneOf(Set<String> words) {
        return words.stream().anyMatch(word -> everyRole || roles.contains(word));
    }
}
