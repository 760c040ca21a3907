package dev.windrow.common.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 in the making. Belongs to one thread. */
public final class Sha256 {
    private final MessageDigest digest;

    /** Of these bytes, in lower-case hex. */
    public static String hex(byte[] bytes) {
        Sha256 sha256 = new Sha256();
        sha256.update(bytes, 0, bytes.length);
        return sha256.hex();
    }

    /** Of nothing yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds bytes. */
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** In lower-case hex; begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
