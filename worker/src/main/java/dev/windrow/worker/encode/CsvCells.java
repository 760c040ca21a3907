package dev.windrow.worker.encode;

import dev.windrow.common.options.CsvOptions;
import dev.windrow.worker.encode.row.Alterations;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Utf8;

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

    /**
     * Where a text is looked at: what forces quotes, and with formulas guarded what another program would split it at.
     */
    private final boolean[] stops;

    private final OtherDelimiters others;

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
        others = new OtherDelimiters(separator);
        stops = forcesQuotes.clone();
        for (int c = 0; c < stops.length && escapeFormulas; c++) {
            stops[c] |= others.splits(c);
        }
    }

    void emptyText() {
        out.put(QUOTE);
        out.put(QUOTE);
    }

    /** @param quoted whether quotes are asked for, be they needed or not */
    void text(String value, boolean quoted) {
        if (value.isEmpty()) {
            emptyText();
            return;
        }
        int start = out.length();
        boolean guarded = escapeFormulas && FormulaRule.runs(value);
        if (guarded) {
            guard(start);
        }
        boolean asked = quoted || guarded && forcesQuotes[GUARD];
        int next = asked ? 0 : putPlain(value);
        if (asked || next < value.length()) {
            out.insert(start, QUOTE);
            putQuoted(value, next, guarded);
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

    /** Writes a text up to its end or the first character that asks for quotes, and gives the index of the next one. */
    private int putPlain(String text) {
        boolean[] looked = stops;
        int next = 0;
        while (next < text.length()) {
            int end = Math.min(text.length(), next + SLICE);
            next = putPlain(text, next, end, looked);
            if (next < end) {
                if (forcesQuotes[text.charAt(next)] || others.nextSign(text, next) < text.length()) {
                    return next;
                }
                // The whole rest was looked through: whoever splits it finds no formula.
                looked = forcesQuotes;
            }
        }
        return next;
    }

    private int putPlain(String text, int from, int end, boolean[] looked) {
        byte[] to = out.reserve(worstCase(from, end));
        int at = out.length();
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                int point = encodable(text.codePointAt(i));
                at = Utf8.write(point, to, at);
                i += Character.charCount(point);
            } else if (looked[c]) {
                break;
            } else {
                to[at++] = (byte) c;
                i++;
            }
        }
        out.end(at);
        return i;
    }

    /** Writes the rest of a text, quotes doubled, and guards what another program would run; a cell counts once. */
    private void putQuoted(String text, int from, boolean guarded) {
        boolean counted = guarded;
        int sign = escapeFormulas ? others.nextSign(text, from) : text.length();
        int next = from;
        while (next < text.length()) {
            if (next == sign) {
                out.put(GUARD);
                if (!counted) {
                    alterations.addEscaped();
                    counted = true;
                }
                sign = others.nextSign(text, sign + 1);
            }
            next = putQuoted(text, next, Math.min(sign, Math.min(text.length(), next + SLICE)));
        }
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
