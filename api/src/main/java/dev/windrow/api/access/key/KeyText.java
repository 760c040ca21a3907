package dev.windrow.api.access.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of a key: {@code wdr_}, by which scanners for secrets find it, eight letters or digits that tell keys apart
 * in what people write down, 256 random bits, and six check digits, by which a slip is told from a key that is gone.
 */
public final class KeyText {
    /** What every key of Windrow's own making begins with. */
    static final String PREFIX = "wdr_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int ID_DIGITS = 8;
    private static final int SECRET_BYTES = 32;
    /** As many as 32 bytes take at most. */
    private static final int SECRET_DIGITS = 43;

    private static final int CHECK_DIGITS = 6;
    private static final Pattern WHOLE = Pattern.compile("wdr_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}");

    private KeyText() {}

    /** A new key. */
    public static String make(SecureRandom random) {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < ID_DIGITS; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        text.append('_').append(digits(new BigInteger(1, secret), SECRET_DIGITS));
        return text + "_" + check(text.toString());
    }

    /** The SHA-256 of a key's UTF-8, in lower-case hex: all that is ever kept of one. */
    public static String sha256(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a text that begins as a key of ours is none that was ever made. */
    static boolean hasSlip(String text) {
        return text.startsWith(PREFIX)
                && !(WHOLE.matcher(text).matches()
                        && text.endsWith("_" + check(text.substring(0, text.length() - CHECK_DIGITS - 1))));
    }

    private static String check(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECK_DIGITS);
    }

    private static String digits(BigInteger number, int count) {
        char[] digits = new char[count];
        BigInteger rest = number;
        for (int i = count - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }
}
