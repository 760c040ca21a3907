package dev.windrow.api.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.access.Role;
import dev.windrow.api.request.StrictJson;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Reads minted tokens. A token gives what its key gives now, and of that what it was made for: when the key ends, or
 * loses a dataset, so do its tokens. Safe for use by many threads.
 */
public final class TokenReader implements CredentialReader {
    private static final String REFUSED = "The token is not valid.";
    private static final int LONGEST = 8 * 1024;

    private final NimbusJwtDecoder decoder;
    private final MintingKeys keys;
    private final TokenNames names;
    private final TokenRights rights;

    /** @param rights what tokens give of what their keys do */
    public TokenReader(TokenKeys secrets, MintingKeys keys, TokenNames names, TokenRights rights, Clock clock) {
        this.keys = keys;
        this.names = names;
        this.rights = rights;
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TokenMint.TYPE));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableJWKSet<>(secrets.all())));
        // Left to the validators below.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        this.decoder = new NimbusJwtDecoder(processor);
        // One clock made it and reads it, or those of machines that have the same time.
        JwtTimestampValidator times = new JwtTimestampValidator(Duration.ZERO);
        times.setClock(clock);
        times.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(
                times, new JwtIssuerValidator(TokenMint.NAME), new JwtAudienceValidator(TokenMint.NAME)));
    }

    @Override
    public boolean reads(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) {
            return false;
        }
        try {
            JWSHeader header = JWSHeader.parse(new Base64URL(token.substring(0, dot)));
            return TokenMint.TYPE.equals(header.getType());
        } catch (ParseException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Caller read(String token, @Nullable String origin) {
        Jwt jwt = decode(token);
        String minter = String.valueOf(jwt.getClaimAsString(TokenMint.MINTER));
        String key = String.valueOf(jwt.getClaimAsString(TokenMint.KEY));
        Caller holder = keys.holder(key)
                .filter(now -> now.name().equals(minter) && now.has(Role.MINT))
                .orElseThrow(() -> new CredentialsRefusedException(
                        "The key that made the token holds no more, or makes no tokens any more."));
        String principal = String.valueOf(jwt.getSubject());
        if (!names.isFree(principal, minter)) {
            throw new CredentialsRefusedException("The token is for a caller that has credentials of its own.");
        }
        String bound = jwt.getClaimAsString(TokenMint.ORIGIN);
        if (bound != null && !Objects.equals(bound, origin)) {
            throw new CredentialsRefusedException("The token is for requests of one page only (their Origin).");
        }
        Credential credential = new Credential(Credential.Kind.MINTED, key, jwt.getExpiresAt());
        return new Caller(principal, rights.of(holder.rights(), payload(token)), credential);
    }

    @Override
    public boolean holds(Caller caller) {
        Credential shown = caller.credential();
        return shown.kind() != Credential.Kind.MINTED
                || keys.holder(shown.name()).filter(key -> key.has(Role.MINT)).isPresent();
    }

    private Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (JwtValidationException e) {
            throw CredentialsRefusedException.ofGenuine(
                    "The token is not valid: " + e.getErrors().iterator().next().getDescription() + ".", e);
        } catch (JwtException e) {
            throw new CredentialsRefusedException(REFUSED, e);
        }
    }

    /** Its numbers are as they were written, which those of the decoder are not. */
    private static Map<?, ?> payload(String token) {
        try {
            Object payload =
                    StrictJson.parse(JWSObject.parse(token).getPayload().toString());
            return (Map<?, ?>) Objects.requireNonNull(payload);
        } catch (ParseException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }
}
