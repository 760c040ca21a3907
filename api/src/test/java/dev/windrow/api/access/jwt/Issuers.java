package dev.windrow.api.access.jwt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Issuers as settings have them. */
final class Issuers {
    private Issuers() {}

    static Issuer at(String name, String url) {
        return usual(name, url, null, null, List.of("RS256", "ES256"));
    }

    static Issuer with(@Nullable String issuer, @Nullable String keys, @Nullable Path file) {
        return usual("idp", issuer, keys, file, List.of("RS256", "ES256"));
    }

    static Issuer algorithms(String url, String... algorithms) {
        return usual("idp", url, null, null, List.of(algorithms));
    }

    /** Its tokens name the caller by their subject, and say nothing of rights. */
    private static Issuer usual(
            String name, @Nullable String url, @Nullable String keys, @Nullable Path file, List<String> algorithms) {
        return new Issuer(
                name,
                url,
                keys,
                file,
                "windrow",
                algorithms,
                "sub",
                null,
                null,
                List.of(),
                "limits",
                Duration.ofHours(24));
    }

    static Issuer claims(
            String url, @Nullable String roles, @Nullable String datasets, List<String> claims, String principal) {
        return new Issuer(
                "idp",
                url,
                null,
                null,
                "windrow",
                List.of("RS256"),
                principal,
                roles,
                datasets,
                claims,
                "limits",
                Duration.ofHours(24));
    }
}
