package dev.windrow.common.source.jdbc.mask;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret that hashes of masked values are made with. Without it, who knows which values there may be could find
 * each by trying. Immutable.
 */
public final class MaskKey {
    /** Where no column is hashed: a hash is refused. */
    public static final MaskKey NONE = new MaskKey((byte[]) null);

    private static final int LEAST_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte @Nullable [] key;

    private MaskKey(byte @Nullable [] key) {
        this.key = key;
    }

    /**
     * A key of that secret.
     *
     * @throws IllegalArgumentException for a short one; without its text
     */
    public static MaskKey of(String secret) {
        byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "windrow.security.mask-key is too short: who has an archive could find it"
                            + " by trying, and with it the values that were hashed. Take at least " + LEAST_BYTES
                            + " bytes, such as what `openssl rand -hex 32` prints");
        }
        return new MaskKey(bytes);
    }

    /** Tells keys apart, without telling them; empty for none. */
    public String id() {
        // No value has this text: it would be the hash of that.
        byte[] probe = "\0windrow.security.mask-key".getBytes(StandardCharsets.UTF_8);
        return key == null ? "" : HexFormat.of().formatHex(mac().doFinal(probe));
    }

    /** Makes hashes, for one thread. */
    Mac mac() {
        if (key == null) {
            throw new IllegalStateException("There is no key to hash masked values with");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
