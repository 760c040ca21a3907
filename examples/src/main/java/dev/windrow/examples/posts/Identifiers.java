package dev.windrow.examples.posts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Names in the form of the network's own: of accounts, posts and contents. */
final class Identifiers {
    private static final String SORTABLE = "234567abcdefghijklmnopqrstuvwxyz";
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private Identifiers() {}

    /** An account's, from a word. */
    static String account(String word) {
        return "did:plc:" + base32(sha256(word.getBytes(StandardCharsets.UTF_8)), 24);
    }

    /** A content's, from its bytes. */
    static String content(byte[] bytes, String prefix) {
        return prefix + base32(sha256(bytes), 52);
    }

    static String post(String account, long microseconds, long clock) {
        return "at://" + account + "/app.bsky.feed.post/" + timeOrdered(microseconds, clock);
    }

    /** Thirteen characters that sort as the times do. */
    private static String timeOrdered(long microseconds, long clock) {
        long value = microseconds << 10 | clock;
        StringBuilder text = new StringBuilder(13);
        for (int shift = 60; shift >= 0; shift -= 5) {
            text.append(SORTABLE.charAt((int) (value >>> shift & (shift == 60 ? 15 : 31))));
        }
        return text.toString();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The first characters of RFC 4648's base 32, in lower case; bits beyond the last byte are 0. */
    private static String base32(byte[] bytes, int characters) {
        StringBuilder text = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            int bit = i * 5;
            int two = (bytes[bit / 8] & 255) << 8 | (bit / 8 + 1 < bytes.length ? bytes[bit / 8 + 1] & 255 : 0);
            text.append(BASE32.charAt(two >>> 11 - bit % 8 & 31));
        }
        return text.toString();
    }
}
