package dev.windrow.worker.encode.row;

/** Bytes as padded base64 (RFC 4648, section 4) straight into a buffer, which {@link java.util.Base64} cannot do. */
public final class Base64Text {
    private static final byte[] ALPHABET = new byte[64];

    static {
        NumberText.ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", ALPHABET, 0);
    }

    private Base64Text() {}

    /** Puts the bytes at the buffer's end, as base64 with padding (RFC 4648 section 4), without line ends. */
    public static void write(byte[] value, EncodedBytes out) {
        int rest = value.length % 3;
        int whole = value.length - rest;
        byte[] to = out.reserve(Math.multiplyExact(value.length / 3 + 1, 4));
        int at = out.length();
        for (int i = 0; i < whole; i += 3) {
            int bits = (value[i] & 0xFF) << 16 | (value[i + 1] & 0xFF) << 8 | value[i + 2] & 0xFF;
            at = writeFour(bits, to, at);
        }
        if (rest > 0) {
            int second = rest == 2 ? value[whole + 1] & 0xFF : 0;
            at = writeFour((value[whole] & 0xFF) << 16 | second << 8, to, at);
            to[at - 1] = '=';
            to[at - 2] = rest == 2 ? to[at - 2] : (byte) '=';
        }
        out.end(at);
    }

    private static int writeFour(int bits, byte[] to, int at) {
        to[at] = ALPHABET[bits >> 18];
        to[at + 1] = ALPHABET[bits >> 12 & 63];
        to[at + 2] = ALPHABET[bits >> 6 & 63];
        to[at + 3] = ALPHABET[bits & 63];
        return at + 4;
    }
}
