package dev.windrow.api.access.token;

import dev.windrow.api.access.Terms;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a token is to be. Immutable.
 *
 * @param principal the caller that its bearer is
 * @param datasets that it is for
 * @param claims of its bearer; those of the key's own entry win over them
 * @param terms what it ties its bearer to
 * @param expiresIn how long it holds
 */
public record TokenOrder(
        String principal, List<String> datasets, Map<String, Object> claims, Terms terms, Duration expiresIn) {
    public TokenOrder {
        datasets = List.copyOf(datasets);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }
}
