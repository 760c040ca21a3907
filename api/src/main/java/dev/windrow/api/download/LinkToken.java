package dev.windrow.api.download;

import dev.windrow.common.export.ExportId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for an archive in a signed link: a version, the export's id, the second when its time is over, and an HMAC-SHA-256 over
 * these. 57 bytes are exactly 76 characters of base64url, so that a token can be written in one way only.
 */
record LinkToken(ExportId export, Instant expiresAt) {
    private static final byte VERSION = 1;
    private static final int SIGNED = 1 + 16 + 8;
    private static final int MAC = 32;
    private static final int CHARACTERS = (SIGNED + MAC) / 3 * 4;
    /** A key that signs something else, too, signs nothing that could be taken for a link. */
    private static final byte[] PURPOSE = "windrow download link".getBytes(StandardCharsets.US_ASCII);

    String sign(byte[] key) {
        UUID id = export.value();
        byte[] signed = ByteBuffer.allocate(SIGNED)
                .put(VERSION)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(expiresAt.getEpochSecond())
                .array();
        byte[] token = Arrays.copyOf(signed, SIGNED + MAC);
        System.arraycopy(mac(key, signed), 0, token, SIGNED, MAC);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Reads a token; empty unless one of the keys has signed exactly this. */
    static Optional<LinkToken> parse(String text, List<byte[]> keys) {
        if (text.length() != CHARACTERS) {
            return Optional.empty();
        }
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        byte[] signed = Arrays.copyOf(token, SIGNED);
        byte[] mac = Arrays.copyOfRange(token, SIGNED, token.length);
        boolean genuine = false;
        for (byte[] key : keys) {
            genuine |= MessageDigest.isEqual(mac, mac(key, signed));
        }
        ByteBuffer fields = ByteBuffer.wrap(signed);
        if (!genuine || fields.get() != VERSION) {
            return Optional.empty();
        }
        ExportId export = new ExportId(new UUID(fields.getLong(), fields.getLong()));
        return Optional.of(new LinkToken(export, Instant.ofEpochSecond(fields.getLong())));
    }

    private static byte[] mac(byte[] key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            mac.update(PURPOSE);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
