package dev.windrow.worker.outbox.webhook;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that a target shares with us: 24 to 64 bytes (Standard Webhooks 1.0). Immutable; not shown. */
public final class Secret {
    private static final String PREFIX = "whsec_";
    private static final int LEAST = 24;
    private static final int MOST = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /**
     * @param text {@code whsec_} and Base64
     * @throws IllegalArgumentException for anything else, without saying it
     */
    public static Secret of(String text) {
        byte[] key = text.startsWith(PREFIX) ? decoded(text.substring(PREFIX.length())) : new byte[0];
        if (key.length < LEAST || key.length > MOST) {
            throw new IllegalArgumentException("is no secret of a webhook: say whsec_ and the Base64 of " + LEAST
                    + " to " + MOST + " bytes, such as what `echo whsec_$(openssl rand -base64 32)` prints");
        }
        return new Secret(key);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    byte[] sign(byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "set";
    }
}
