package dev.windrow.api.link;

import dev.windrow.common.export.ExportId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * What stands for an archive, or for one file of it, in a signed link. As bytes it is a version, the number of the key
 * that signed it, the export's id, its attempt and its link epoch, the second when the link's time is over, the file's
 * name if it is for one, and the signature (HMAC-SHA-256) over these. As text it is base64url, written in the one way
 * in which we write it.
 *
 * @param attempt of the export when the link was made
 * @param epoch the export's link epoch then
 * @param expiresAt to the second
 * @param entry the name of a file in the archive; empty for the archive itself
 */
record LinkToken(ExportId export, int attempt, int epoch, Instant expiresAt, String entry) {
    /**
     * The longest name of a file that a link may be for, in bytes of UTF-8: servers and proxies take addresses of some
     * thousand characters.
     */
    static final int LONGEST_ENTRY = 1_024;

    private static final byte VERSION = 2;
    private static final int HEAD = 1 + 1 + 16 + 4 + 4 + 8;
    private static final int SIGNATURE = 32;
    private static final int SHORTEST = (HEAD + SIGNATURE) / 3 * 4;
    private static final int LONGEST = (HEAD + LONGEST_ENTRY + SIGNATURE + 2) / 3 * 4;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    String sign(LinkKey key) {
        UUID id = export.value();
        byte[] name = entry.getBytes(StandardCharsets.UTF_8);
        byte[] signed = ByteBuffer.allocate(HEAD + name.length)
                .put(VERSION)
                .put(key.number())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(attempt)
                .putInt(epoch)
                .putLong(expiresAt.getEpochSecond())
                .put(name)
                .array();
        byte[] token = Arrays.copyOf(signed, signed.length + SIGNATURE);
        System.arraycopy(key.sign(signed), 0, token, signed.length, SIGNATURE);
        return ENCODER.encodeToString(token);
    }

    /** Reads a token; empty unless one of the keys has signed exactly this. */
    static Optional<LinkToken> parse(String text, LinkKeys keys) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] token;
        try {
            token = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // The last character may have bits to spare, which the decoder does not look at.
        if (token[0] != VERSION || !ENCODER.encodeToString(token).equals(text)) {
            return Optional.empty();
        }
        byte[] signed = Arrays.copyOf(token, token.length - SIGNATURE);
        byte[] signature = Arrays.copyOfRange(token, signed.length, token.length);
        return keys.signer(token[1], signed, signature).map(key -> read(signed));
    }

    private static LinkToken read(byte[] signed) {
        ByteBuffer fields = ByteBuffer.wrap(signed).position(2);
        ExportId export = new ExportId(new UUID(fields.getLong(), fields.getLong()));
        int attempt = fields.getInt();
        int epoch = fields.getInt();
        Instant expiresAt = Instant.ofEpochSecond(fields.getLong());
        String entry = new String(signed, HEAD, signed.length - HEAD, StandardCharsets.UTF_8);
        return new LinkToken(export, attempt, epoch, expiresAt, entry);
    }
}
