package dev.windrow.api.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that signs links, and its number, by which a token says who signed it. Immutable. */
final class LinkKey {
    private static final String HMAC = "HmacSHA256";
    /** A key that signs something else, too, signs nothing that could be taken for a link. */
    private static final byte[] PURPOSE = "windrow download link".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec secret;
    private final byte number;

    /** @param secret many bytes that nobody can guess */
    LinkKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, HMAC);
        this.number = mac("key number".getBytes(StandardCharsets.US_ASCII))[0];
    }

    /**
     * Made of the secret, so that it is the same wherever the secret stands among others. Two secrets may share one.
     */
    byte number() {
        return number;
    }

    /** The signature of what a token says: 32 bytes. */
    byte[] sign(byte[] signed) {
        return mac(PURPOSE, signed);
    }

    /** Takes the same time for every signature. */
    boolean hasSigned(byte[] signed, byte[] signature) {
        return MessageDigest.isEqual(signature, sign(signed));
    }

    private byte[] mac(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
