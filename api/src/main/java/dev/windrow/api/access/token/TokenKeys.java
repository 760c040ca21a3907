package dev.windrow.api.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets of minted tokens: the first signs, and all are believed, so that a new one can take over. Immutable. */
public final class TokenKeys {
    private static final int MOST = 2;
    /** As many as HS256 wants (RFC 7518, section 3.2): with fewer, who has a token could find the secret by trying. */
    private static final int LEAST_BYTES = 32;

    private static final String HMAC = "HmacSHA256";
    private static final int NAME_BYTES = 8;

    private final List<OctetSequenceKey> keys;

    /**
     * @param secrets one or two, the new one first
     * @throws IllegalArgumentException for others, and for one that is short; without its text
     */
    public TokenKeys(List<String> secrets) {
        if (secrets.isEmpty() || secrets.size() > MOST) {
            throw new IllegalArgumentException("windrow.security.token-keys takes one secret, or two: the new one, and"
                    + " the one before it; without commas in them");
        }
        keys = secrets.stream().map(TokenKeys::key).toList();
    }

    /** A secret that signs something else, too, signs nothing that could be taken for a token. */
    private static OctetSequenceKey key(String secret) {
        byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "windrow.security.token-keys is too short: whoever has a token could find"
                            + " it by trying. Take at least " + LEAST_BYTES
                            + " bytes, such as what `openssl rand -hex 32` prints");
        }
        return new OctetSequenceKey.Builder(mac(bytes, "windrow minted token"))
                .algorithm(JWSAlgorithm.HS256)
                .keyID(HexFormat.of().formatHex(mac(bytes, "windrow minted token's key"), 0, NAME_BYTES))
                .build();
    }

    private static byte[] mac(byte[] secret, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    OctetSequenceKey signing() {
        return keys.get(0);
    }

    JWKSet all() {
        return new JWKSet(List.copyOf(keys));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
