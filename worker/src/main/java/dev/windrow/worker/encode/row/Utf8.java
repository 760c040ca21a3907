package dev.windrow.worker.encode.row;

/** Code points as UTF-8 (RFC 3629). */
public final class Utf8 {
    /** What stands for a character that UTF-8 cannot hold. */
    public static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /** Whether a string's code point is half of a surrogate pair, which UTF-8 cannot hold. */
    public static boolean isUnpaired(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /** Writes up to four bytes and gives the index after them. */
    public static int write(int codePoint, byte[] to, int at) {
        int next = at;
        if (codePoint < 0x80) {
            to[next++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            to[next++] = (byte) (0xC0 | codePoint >> 6);
            to[next++] = trail(codePoint);
        } else if (codePoint < 0x10000) {
            to[next++] = (byte) (0xE0 | codePoint >> 12);
            to[next++] = trail(codePoint >> 6);
            to[next++] = trail(codePoint);
        } else {
            to[next++] = (byte) (0xF0 | codePoint >> 18);
            to[next++] = trail(codePoint >> 12);
            to[next++] = trail(codePoint >> 6);
            to[next++] = trail(codePoint);
        }
        return next;
    }

    private static byte trail(int bits) {
        return (byte) (0x80 | bits & 0x3F);
    }
}
