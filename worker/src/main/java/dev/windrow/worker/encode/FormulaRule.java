package dev.windrow.worker.encode;

/**
 * Which texts a spreadsheet would run as a formula (OWASP ASVS 5.0, 1.2.10): those that begin with one of
 * {@code = + - @}, its full-width twin, a tab or a carriage return, after spaces and byte order marks, which
 * spreadsheets skip. A plain number is none, for {@code -1.5} is a value and a guard would break it.
 */
final class FormulaRule {
    private FormulaRule() {}

    static boolean runs(String text) {
        int first = 0;
        while (first < text.length() && isSkipped(text.charAt(first))) {
            first++;
        }
        return first < text.length() && isTrigger(text.charAt(first)) && !isPlainNumber(text);
    }

    private static boolean isSkipped(char c) {
        return c == ' ' || c == '\u00a0' || c == '\ufeff';
    }

    private static boolean isTrigger(char c) {
        return switch (c) {
            case '=', '+', '-', '@', '\t', '\r', '\uff1d', '\uff0b', '\uff0d', '\uff20' -> true;
            default -> false;
        };
    }

    /** An optional sign, ASCII digits with at most one point, an optional exponent, and nothing else. */
    static boolean isPlainNumber(String text) {
        int start = signEnd(text, 0);
        int point = digitsEnd(text, start);
        int end = point;
        int digits = point - start;
        if (point < text.length() && text.charAt(point) == '.') {
            end = digitsEnd(text, point + 1);
            digits += end - point - 1;
        }
        if (digits > 0 && end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = signEnd(text, end + 1);
            end = digitsEnd(text, exponent);
            return end > exponent && end == text.length();
        }
        return digits > 0 && end == text.length();
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
