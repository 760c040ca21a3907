package dev.windrow.api.access.jwt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Whose tokens (JWT, RFC 7519) are believed, and what is taken from them; as {@code windrow.security.jwt.issuers} has
 * it. Immutable.
 *
 * @param name of ours for it: callers are {@code name:sub}
 * @param issuer what its tokens say in {@code iss}; where neither a key set nor a key is named, they are found by its
 *     metadata (OpenID Connect Discovery, RFC 8414). Null where its tokens' {@code iss} is not looked at
 * @param jwkSetUri where its keys are (RFC 7517, section 5); null where they are elsewhere
 * @param publicKey a PEM file of its one key; null where its keys are elsewhere
 * @param audience what its tokens for us say in {@code aud}
 * @param algorithms of signatures that are taken (RFC 7518, section 3.1)
 * @param principalClaim names the caller
 * @param rolesClaim holds the roles; null for {@code export} to everybody
 * @param datasetsClaim holds the datasets; null for all
 * @param claims those that queries may bind and that are kept with exports
 * @param limitsClaim holds the caller's own limits
 * @param maxLifetime a token that is good for longer is refused
 */
public record Issuer(
        String name,
        @Nullable String issuer,
        @Nullable String jwkSetUri,
        @Nullable Path publicKey,
        String audience,
        @DefaultValue({"RS256", "ES256"}) List<String> algorithms,
        @DefaultValue("sub") String principalClaim,
        @Nullable String rolesClaim,
        @Nullable String datasetsClaim,
        @DefaultValue List<String> claims,
        @DefaultValue("limits") String limitsClaim,
        @DefaultValue("PT24H") Duration maxLifetime) {
    private static final String SETTING = "windrow.security.jwt.issuers";
    /** No colon: it ends the name in a caller's. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException for what does not fit; its message names the setting and the mend */
    @SuppressWarnings("ConstantValue") // the binder gives null for what is not set, whatever the type says
    public Issuer {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    SETTING + "[].name: an issuer needs a name of letters, digits, dots, dashes and underscores");
        }
        if (audience == null || audience.isBlank()) {
            throw wrong(
                    name,
                    "audience",
                    "is missing; set it to what the issuer writes into aud for Windrow, so that"
                            + " tokens for other services do not count here");
        }
        if (jwkSetUri != null && publicKey != null) {
            throw wrong(name, "public-key", "stands beside jwk-set-uri; leave one of them out");
        }
        if (issuer == null && jwkSetUri == null && publicKey == null) {
            throw wrong(name, "issuer", "is missing; set it, or jwk-set-uri, or public-key");
        }
        if (jwkSetUri != null) {
            checkAddress(name, "jwk-set-uri", jwkSetUri);
        } else if (publicKey == null) {
            checkAddress(name, "issuer", String.valueOf(issuer));
        }
        if (maxLifetime.isNegative() || maxLifetime.isZero()) {
            throw wrong(name, "max-lifetime", "is " + maxLifetime + "; say a time such as PT24H");
        }
        algorithms = List.copyOf(algorithms);
        claims = List.copyOf(claims);
        checkAlgorithms(name, algorithms);
    }

    private static void checkAlgorithms(String name, List<String> algorithms) {
        if (algorithms.isEmpty()) {
            throw wrong(name, "algorithms", "is empty; leave it out, or say such as RS256,ES256");
        }
        for (String algorithm : algorithms) {
            // Those of shared secrets and "none" have no public key, and are none of these.
            if (SignatureAlgorithm.from(algorithm) == null) {
                throw wrong(
                        name,
                        "algorithms",
                        "has \"" + algorithm
                                + "\"; it takes RS256, RS384, RS512, ES256, ES384, ES512, PS256, PS384, PS512");
            }
        }
    }

    private static void checkAddress(String name, String field, String address) {
        if (!Addresses.isSafe(address)) {
            throw wrong(name, field, "is no https address; http is for a loopback address only");
        }
    }

    private static IllegalArgumentException wrong(String name, String field, String what) {
        return new IllegalArgumentException(SETTING + " (" + name + "): " + field + " " + what);
    }
}
