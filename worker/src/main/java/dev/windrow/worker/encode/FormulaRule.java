package dev.windrow.worker.encode;

/**
 * Which texts a spreadsheet would run as a formula (OWASP ASVS 5.0, 1.2.10): those that begin with one of
 * {@code = + - @}, its full-width or small twin, a tab or a line's end, after anything that does not show, which
 * programs skip, drop, or lose on the way: blanks, control and format characters, byte order marks. A plain number is
 * none, for {@code -1.5} is a value and a guard would break it.
 */
final class FormulaRule {
    /*
     * Unicode 16's Cc, Cf, Zs, Zl and Zp, the variation selectors, and the letters that are drawn as nothing, as first
     * and last of each range. Written down, since the tables of a JDK change with its version, and an archive's bytes
     * must not.
     */
    private static final int[] UNSEEN = {
        0x7f, 0xa0, 0xad, 0xad, 0x34f, 0x34f, 0x600, 0x605, 0x61c, 0x61c, 0x6dd, 0x6dd, 0x70f, 0x70f, 0x890, 0x891,
        0x8e2, 0x8e2, 0x115f, 0x1160, 0x1680, 0x1680, 0x17b4, 0x17b5, 0x180b, 0x180f, 0x2000, 0x200f, 0x2028, 0x202f,
        0x205f, 0x206f, 0x2800, 0x2800, 0x3000, 0x3000, 0x3164, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xfeff, 0xffa0, 0xffa0,
        0xfff0, 0xfffb, 0x110bd, 0x110bd, 0x110cd, 0x110cd, 0x13430, 0x1343f, 0x1bca0, 0x1bca3, 0x1d173, 0x1d17a,
        0xe0000, 0xe0fff,
    };

    private FormulaRule() {}

    static boolean runs(String text) {
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (isSign(point)) {
                return !isPlainNumber(text);
            }
            if (!isUnseen(point)) {
                return false;
            }
            if (point == '\t' || point == '\r' || point == '\n') {
                return true;
            }
            at += Character.charCount(point);
        }
        return false;
    }

    /** Whether a character begins a formula. */
    static boolean isSign(int point) {
        return switch (point) {
            case '=', '+', '-', '@', '\uff1d', '\uff0b', '\uff0d', '\uff20', '\ufe66', '\ufe62', '\ufe63', '\ufe6b' ->
                true;
            default -> false;
        };
    }

    /** Whether a character does not show, so that a sign behind it may still be a cell's first. */
    static boolean isUnseen(int point) {
        if (point < 0x7f) {
            return point <= ' ';
        }
        for (int i = 0; i < UNSEEN.length && point >= UNSEEN[i]; i += 2) {
            if (point <= UNSEEN[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** An optional sign, ASCII digits with at most one point, an optional exponent, and nothing else. */
    static boolean isPlainNumber(String text) {
        return !text.isEmpty() && numberEnd(text, 0) == text.length();
    }

    /** Where a number that begins there ends; the same index if there is none. */
    static int numberEnd(String text, int from) {
        int start = signEnd(text, from);
        int end = digitsEnd(text, start);
        int digits = end - start;
        if (end < text.length() && text.charAt(end) == '.') {
            int fraction = digitsEnd(text, end + 1);
            digits += fraction - end - 1;
            end = fraction;
        }
        if (digits == 0) {
            return from;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = signEnd(text, end + 1);
            int last = digitsEnd(text, exponent);
            return last > exponent ? last : end;
        }
        return end;
    }

    private static int signEnd(String text, int from) {
        return from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-') ? from + 1 : from;
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
