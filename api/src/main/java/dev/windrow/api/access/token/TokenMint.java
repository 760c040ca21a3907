package dev.windrow.api.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Terms;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens: JWTs of our own (RFC 7519), of a type of their own, so that nothing else that is signed is taken for
 * one. Nothing is kept of them. Safe for use by many threads.
 */
public final class TokenMint {
    static final JOSEObjectType TYPE = new JOSEObjectType("windrow+jwt");
    static final String NAME = "windrow";
    static final String KEY = "key";
    static final String MINTER = "minter";
    static final String DATASETS = "datasets";
    static final String CLAIMS = "claims";
    static final String PARAMETERS = "parameters";
    static final String COLUMNS = "columns";
    static final String FORMATS = "formats";
    static final String MAX_ROWS = "maxRows";
    static final String ORIGIN = "origin";

    /** In characters: it is sent in a header, which servers and proxies take up to 8 KiB of with all others. */
    private static final int LONGEST = 4 * 1024;

    private final TokenKeys keys;
    private final Clock clock;

    public TokenMint(TokenKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A token.
     *
     * @param expiresAt when it ends, in whole seconds: as asked for, and not after the key that made it
     */
    public record Minted(String token, Instant expiresAt) {
        /** Without the token. */
        @Override
        public String toString() {
            return "until " + expiresAt;
        }
    }

    /**
     * Makes one.
     *
     * @param minter the holder of a key with the role {@code mint}, which the caller of this has looked at
     * @return empty when it would be too long to be sent
     */
    public Optional<Minted> mint(Caller minter, TokenOrder order) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant asked = now.plus(order.expiresIn()).truncatedTo(ChronoUnit.SECONDS);
        Instant keyEnds = minter.credential().expires();
        Instant ends = keyEnds != null && keyEnds.isBefore(asked) ? keyEnds.truncatedTo(ChronoUnit.SECONDS) : asked;
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", NAME);
        claims.put("aud", NAME);
        claims.put("sub", order.principal());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", ends.getEpochSecond());
        claims.put(KEY, minter.credential().name());
        claims.put(MINTER, minter.name());
        claims.put(DATASETS, order.datasets());
        claims.put(CLAIMS, order.claims());
        Terms terms = order.terms();
        claims.put(PARAMETERS, terms.parameters());
        putIfSet(claims, COLUMNS, terms.columns());
        putIfSet(claims, FORMATS, terms.formats());
        putIfSet(claims, MAX_ROWS, terms.maxRows());
        putIfSet(claims, ORIGIN, terms.origin());
        String token = sign(claims);
        return token.length() > LONGEST ? Optional.empty() : Optional.of(new Minted(token, ends));
    }

    private static void putIfSet(Map<String, Object> claims, String name, @Nullable Object value) {
        if (value != null) {
            claims.put(name, value);
        }
    }

    private String sign(Map<String, Object> claims) {
        OctetSequenceKey key = keys.signing();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(TYPE)
                .keyID(key.getKeyID())
                .build();
        JWSObject token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of 32 bytes signs with HS256", e);
        }
        return token.serialize();
    }
}
