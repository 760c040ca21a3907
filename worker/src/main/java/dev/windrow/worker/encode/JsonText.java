package dev.windrow.worker.encode;

import dev.windrow.worker.encode.row.Alterations;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.NumberText;
import dev.windrow.worker.encode.row.Utf8;

/*
 * A text is escaped as little as RFC 8259 allows: quote, backslash and the characters below U+0020, by their short
 * forms where there are some. And so are U+0085, U+2028 and U+2029, which many programs take for a line's end where
 * they read NDJSON, and JavaScript did in a text. All else is UTF-8, U+007F included.
 */
/** Writes texts and embedded JSON values as JSON in UTF-8. Replaces unpaired surrogates, and counts them. */
final class JsonText {
    private static final byte QUOTE = '"';
    private static final byte BACKSLASH = '\\';

    /** Text is written in slices of this many characters, so that the room for the worst case stays small. */
    private static final int SLICE = 8_192;

    private static final int LONGEST_ESCAPE = 6;
    private static final byte[] HEX = new byte[16];
    private static final byte[] SHORT = new byte[0x20];

    static {
        NumberText.ascii("0123456789abcdef", HEX, 0);
        SHORT['\b'] = 'b';
        SHORT['\t'] = 't';
        SHORT['\n'] = 'n';
        SHORT['\f'] = 'f';
        SHORT['\r'] = 'r';
    }

    private final EncodedBytes out;
    private final Alterations alterations;

    JsonText(EncodedBytes out, Alterations alterations) {
        this.out = out;
        this.alterations = alterations;
    }

    /** Writes a text between quotes. */
    void string(String value) {
        out.put(QUOTE);
        int next = 0;
        while (next < value.length()) {
            next = putSlice(value, next, Math.min(value.length(), next + SLICE));
        }
        out.put(QUOTE);
    }

    /**
     * Writes a JSON value as it is, but without the white space between its tokens: a line end there would break a row
     * of NDJSON in two.
     */
    void value(String json) {
        boolean inString = false;
        boolean escaped = false;
        int next = 0;
        while (next < json.length()) {
            int end = Math.min(json.length(), next + SLICE);
            byte[] to = out.reserve(LONGEST_ESCAPE * (end - next) + 1);
            int at = out.length();
            while (next < end) {
                int point = json.codePointAt(next);
                next += Character.charCount(point);
                if (inString || !isSpace(point)) {
                    at = put(point, to, at);
                }
                inString = point == QUOTE && !escaped ? !inString : inString;
                escaped = inString && point == BACKSLASH && !escaped;
            }
            out.end(at);
        }
    }

    private int putSlice(String text, int from, int end) {
        byte[] to = out.reserve(LONGEST_ESCAPE * (end - from) + 1);
        int at = out.length();
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                int point = text.codePointAt(i);
                at = put(point, to, at);
                i += Character.charCount(point);
            } else {
                at = c < 0x20 || c == QUOTE || c == BACKSLASH ? putEscaped(c, to, at) : putPlain(c, to, at);
                i++;
            }
        }
        out.end(at);
        return i;
    }

    private int put(int point, byte[] to, int at) {
        return isLineEnd(point) ? putHex(point, to, at) : Utf8.write(encodable(point), to, at);
    }

    private static boolean isLineEnd(int point) {
        return point == 0x85 || point == 0x2028 || point == 0x2029;
    }

    private static int putPlain(char c, byte[] to, int at) {
        to[at] = (byte) c;
        return at + 1;
    }

    private static int putEscaped(char c, byte[] to, int at) {
        if (c < 0x20 && SHORT[c] == 0) {
            return putHex(c, to, at);
        }
        to[at] = BACKSLASH;
        to[at + 1] = c >= 0x20 ? (byte) c : SHORT[c];
        return at + 2;
    }

    private static int putHex(int unit, byte[] to, int at) {
        to[at] = BACKSLASH;
        to[at + 1] = 'u';
        for (int i = 0; i < 4; i++) {
            to[at + 2 + i] = HEX[unit >> 12 - 4 * i & 15];
        }
        return at + LONGEST_ESCAPE;
    }

    private static boolean isSpace(int point) {
        return point == ' ' || point == '\n' || point == '\r' || point == '\t';
    }

    private int encodable(int codePoint) {
        if (Utf8.isUnpaired(codePoint)) {
            alterations.addReplaced();
            return Utf8.REPLACEMENT;
        }
        return codePoint;
    }
}
