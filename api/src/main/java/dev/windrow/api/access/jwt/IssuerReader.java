package dev.windrow.api.access.jwt;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTParser;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Reads the tokens of one issuer. Safe for use by many threads. */
final class IssuerReader {
    /** Clocks differ. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final int RETRY_SECONDS = 5;

    private final Issuer issuer;
    private final ClaimRights rights;
    private final NimbusJwtDecoder decoder;

    /**
     * @param behind runs what no request waits for
     * @throws IllegalArgumentException where its key file can't be used; the message names the mend
     */
    IssuerReader(Issuer issuer, Clock clock, Executor behind) {
        this.issuer = issuer;
        this.rights = new ClaimRights(issuer);
        this.decoder = NimbusJwtDecoder.withJwkSource(keys(issuer, clock, behind))
                .jwsAlgorithms(taken -> issuer.algorithms().forEach(name -> taken.add(SignatureAlgorithm.from(name))))
                .build();
        decoder.setClaimSetConverter(IssuerReader::asSaid);
        decoder.setJwtValidator(checks(issuer, clock));
    }

    /** Without the time that Spring Security makes up for a token that does not say when it was made. */
    private static Map<String, Object> asSaid(Map<String, Object> claims) {
        Map<String, Object> converted =
                MappedJwtClaimSetConverter.withDefaults(Map.of()).convert(claims);
        if (!claims.containsKey(JwtClaimNames.IAT)) {
            converted.remove(JwtClaimNames.IAT);
        }
        return converted;
    }

    private static JWKSource<SecurityContext> keys(Issuer issuer, Clock clock, Executor behind) {
        Path file = issuer.publicKey();
        if (file == null) {
            KeySets web = new WebKeySets(issuer.jwkSetUri(), String.valueOf(issuer.issuer()));
            return new IssuerKeys(issuer.name(), web, clock, behind);
        }
        try {
            JWKSet keys = new JWKSet(PublicKeyFile.read(file));
            // The file gives its key no name, so the one in a token's header says nothing.
            return (selector, context) -> new JWKSelector(new JWKMatcher.Builder()
                            .keyTypes(selector.getMatcher().getKeyTypes())
                            .build())
                    .select(keys);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "windrow.security.jwt.issuers (" + issuer.name() + "): public-key " + file + " can't be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static OAuth2TokenValidator<Jwt> checks(Issuer issuer, Clock clock) {
        JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
        times.setClock(clock);
        times.setAllowEmptyExpiryClaim(false);
        // Not those of a logout, a DPoP proof or others that an issuer signs (RFC 8725, section 3.11).
        JwtTypeValidator types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        types.setAllowEmpty(true);
        List<OAuth2TokenValidator<Jwt>> checks = new ArrayList<>(List.of(
                types,
                times,
                new JwtAudienceValidator(issuer.audience()),
                token -> isShort(token, issuer.maxLifetime(), clock.instant())
                        ? OAuth2TokenValidatorResult.success()
                        : OAuth2TokenValidatorResult.failure(new OAuth2Error(
                                "invalid_token",
                                "The token is good for longer than " + issuer.maxLifetime()
                                        + ", or from a time to come",
                                null))));
        if (issuer.issuer() != null) {
            checks.add(new JwtIssuerValidator(issuer.issuer()));
        }
        return new DelegatingOAuth2TokenValidator<>(checks);
    }

    /** Counted from when the token was made, and in any case from now: what it says of itself may be anything. */
    private static boolean isShort(Jwt token, Duration most, Instant now) {
        Instant ends = token.getExpiresAt();
        Instant made = token.getIssuedAt();
        return ends == null // told by the check of times
                || !ends.isAfter(now.plus(most).plus(SKEW))
                        && (made == null || !ends.isAfter(made.plus(most)) && !made.isAfter(now.plus(SKEW)));
    }

    /** Whether a token that says this of its issuer may be this one's. */
    boolean isOf(@Nullable String said) {
        return issuer.issuer() == null || issuer.issuer().equals(said);
    }

    /**
     * Who shows the token.
     *
     * @throws CredentialsRefusedException when it does not hold; what is wrong is told only where the signature holds
     * @throws ProblemException by 503, where its key is not known and can't be asked for
     */
    Caller read(String token) {
        Jwt jwt;
        try {
            jwt = decoder.decode(token);
        } catch (JwtValidationException e) {
            throw CredentialsRefusedException.ofGenuine(
                    "The token is not valid here: "
                            + e.getErrors().iterator().next().getDescription() + ".",
                    e);
        } catch (BadJwtException e) {
            throw new CredentialsRefusedException(JwtReader.REFUSED, e);
        } catch (JwtException e) {
            if (e.getCause() instanceof RemoteKeySourceException) {
                throw new ProblemException(
                                ProblemType.UNAVAILABLE,
                                "The token's issuer can't be asked for its keys; try again later.")
                        .withRetryAfter(RETRY_SECONDS);
            }
            throw new CredentialsRefusedException(JwtReader.REFUSED, e);
        }
        if (issuer.principalClaim().equals(JwtClaimNames.SUB) && hasNumber(token, JwtClaimNames.SUB)) {
            throw CredentialsRefusedException.ofGenuine(
                    "The token's claim sub is a number, and must be a text (RFC 7519, section 4.1.2).", null);
        }
        Credential credential = new Credential(Credential.Kind.JWT, issuer.name(), jwt.getExpiresAt());
        return new Caller(issuer.name() + ":" + rights.principal(jwt), rights.of(jwt), credential);
    }

    /**
     * Whether a claim is a number as the token has it. Nimbus makes a text of a {@code sub} that is one, so that 7 and
     * "7", who may be two people to their issuer, would be one caller here.
     */
    private static boolean hasNumber(String token, String claim) {
        try {
            String payload = JWTParser.parse(token).getParsedParts()[1].decodeToString();
            return JSONObjectUtils.parse(payload).get(claim) instanceof Number;
        } catch (ParseException e) {
            throw new CredentialsRefusedException(JwtReader.REFUSED, e);
        }
    }
}
