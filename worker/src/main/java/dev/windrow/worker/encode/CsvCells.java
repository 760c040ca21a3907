package dev.windrow.worker.encode;

import dev.windrow.common.export.CsvOptions;

/** Writes the cells of a CSV file: as UTF-8, quoted where RFC 4180 asks for it, guarded where the options do. */
final class CsvCells {
    private static final byte QUOTE = '"';
    private static final byte GUARD = '\'';

    /** What typed values are made of besides letters and digits, and the guard. */
    private static final String TYPED_PUNCTUATION = "+-.:/='";

    /** Text is written in slices of this many characters, so that the room for the worst case stays small. */
    private static final int SLICE = 8_192;

    private final EncodedBytes out;
    private final Alterations alterations;
    private final boolean escapeFormulas;
    private final byte delimiter;

    /** Whether a typed value can hold the delimiter; with most delimiters none can, and none need be looked through. */
    private final boolean delimiterInTyped;

    private final boolean[] forcesQuotes = new boolean[0x80];

    CsvCells(CsvOptions options, EncodedBytes out, Alterations alterations) {
        this.out = out;
        this.alterations = alterations;
        escapeFormulas = options.escapeFormulas();
        char separator = options.delimiter();
        delimiter = (byte) separator;
        delimiterInTyped = Character.isLetterOrDigit(separator) || TYPED_PUNCTUATION.indexOf(separator) >= 0;
        for (char c : new char[] {separator, '"', '\r', '\n'}) {
            forcesQuotes[c] = true;
        }
    }

    void emptyText() {
        out.put(QUOTE);
        out.put(QUOTE);
    }

    void text(String value) {
        if (value.isEmpty()) {
            emptyText();
            return;
        }
        int start = out.length();
        boolean quoted = false;
        if (escapeFormulas && FormulaRule.runs(value)) {
            guard(start);
            quoted = openQuote(forcesQuotes[GUARD], start);
        }
        int next = 0;
        while (next < value.length()) {
            int end = Math.min(value.length(), next + SLICE);
            if (!quoted) {
                next = putPlain(value, next, end);
                quoted = openQuote(next < end, start);
            }
            if (quoted) {
                next = putQuoted(value, next, end);
            }
        }
        if (quoted) {
            out.put(QUOTE);
        }
    }

    /** Finishes a typed value that begins at that index and may begin with a sign without being a number. */
    void endSigned(int start) {
        byte first = out.array()[start];
        if (escapeFormulas && (first == '-' || first == '+')) {
            guard(start);
        }
        endTyped(start);
    }

    /** Finishes a typed value that begins at that index: quotes it if it holds the delimiter. It holds no quote. */
    void endTyped(int start) {
        if (!delimiterInTyped) {
            return;
        }
        for (int i = start; i < out.length(); i++) {
            if (out.array()[i] == delimiter) {
                out.insert(start, QUOTE);
                out.put(QUOTE);
                return;
            }
        }
    }

    private void guard(int start) {
        out.insert(start, GUARD);
        alterations.addEscaped();
    }

    private boolean openQuote(boolean needed, int start) {
        if (needed) {
            out.insert(start, QUOTE);
        }
        return needed;
    }

    /** Writes characters up to the end or the first that forces quotes, and gives the index of the next one. */
    private int putPlain(String text, int from, int end) {
        byte[] to = out.reserve(worstCase(from, end));
        int at = out.length();
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                int point = encodable(text.codePointAt(i));
                at = Utf8.write(point, to, at);
                i += Character.charCount(point);
            } else if (forcesQuotes[c]) {
                break;
            } else {
                to[at++] = (byte) c;
                i++;
            }
        }
        out.end(at);
        return i;
    }

    /** Writes characters up to the end, quotes doubled, and gives the index of the next one. */
    private int putQuoted(String text, int from, int end) {
        byte[] to = out.reserve(worstCase(from, end));
        int at = out.length();
        int i = from;
        while (i < end) {
            int point = encodable(text.codePointAt(i));
            if (point == QUOTE) {
                to[at++] = QUOTE;
            }
            at = Utf8.write(point, to, at);
            i += Character.charCount(point);
        }
        out.end(at);
        return i;
    }

    private int encodable(int codePoint) {
        if (Utf8.isUnpaired(codePoint)) {
            alterations.addReplaced();
            return Utf8.REPLACEMENT;
        }
        return codePoint;
    }

    /** Three bytes a character, and one more for a pair whose second half lies after the end. */
    private static int worstCase(int from, int end) {
        return 3 * (end - from) + 1;
    }
}
