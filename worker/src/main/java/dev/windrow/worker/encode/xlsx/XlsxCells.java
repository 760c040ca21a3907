package dev.windrow.worker.encode.xlsx;

import dev.windrow.worker.encode.row.Alterations;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.NumberText;
import dev.windrow.worker.encode.row.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Writes the cells of a sheet (ECMA-376, part 1, 18.3.1.4) as XML in UTF-8. Texts are in the cells themselves, not in a
 * table of shared ones, which would have to be held until the end.
 */
final class XlsxCells {
    /** What a cell can hold, in UTF-16 units. */
    static final int MOST_CHARACTERS = 32_767;

    private static final byte[] ROW = ascii("<row r=\"");
    private static final byte[] ROW_OPENED = ascii("\">");
    private static final byte[] ROW_END = ascii("</row>");
    private static final byte[] STYLE = ascii("\" s=\"");
    private static final byte[] NUMBER = ascii("\"><v>");
    private static final byte[] NUMBER_END = ascii("</v></c>");
    private static final byte[] BOOLEAN = ascii("\" t=\"b\"><v>");
    private static final byte[] TEXT = ascii("\" t=\"inlineStr\"><is><t>");
    private static final byte[] SPACED_TEXT = ascii("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    private static final byte[] TEXT_END = ascii("</t></is></c>");
    private static final byte[] AMPERSAND = ascii("&amp;");
    private static final byte[] LESS = ascii("&lt;");
    private static final byte[] GREATER = ascii("&gt;");
    /** A bare one would be read as a line feed (XML 1.0, 2.11). */
    private static final byte[] RETURN = ascii("&#13;");
    /** Stands for a "_" that would otherwise begin an escape such as _x000D_ (ECMA-376, part 1, 22.9.2.19). */
    private static final byte[] UNDERSCORE = ascii("_x005F_");

    private static final int ESCAPE_LENGTH = "_x000D_".length();

    private final EncodedBytes out;
    private final Alterations alterations;
    private final byte[][] openings;
    private final byte[] row = new byte[NumberText.LONGEST_LONG];
    private int rowLength;

    XlsxCells(int columns, EncodedBytes out, Alterations alterations) {
        this.out = out;
        this.alterations = alterations;
        openings = new byte[columns][];
        for (int i = 0; i < columns; i++) {
            openings[i] = ascii("<c r=\"" + letters(i));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A to Z, AA and so on. */
    private static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }

    /** Begins a row; its number counts the header. */
    void beginRow(long number) {
        rowLength = NumberText.write(number, row, 0);
        out.put(ROW);
        out.put(row, rowLength);
        out.put(ROW_OPENED);
    }

    void endRow() {
        out.put(ROW_END);
    }

    /** Begins a number with room for that many bytes, and gives the index where they begin. */
    int beginNumber(int column, XlsxStyle style, int room) {
        open(column, style);
        out.put(NUMBER);
        out.reserve(room);
        return out.length();
    }

    void endNumber() {
        out.put(NUMBER_END);
    }

    void bool(int column, boolean value) {
        open(column, XlsxStyle.PLAIN);
        out.put(BOOLEAN);
        out.put((byte) (value ? '1' : '0'));
        out.put(NUMBER_END);
    }

    /**
     * Begins a text of ASCII that needs no escape, which {@link #endAscii} ends, and gives the index where it begins.
     */
    int beginAscii(int column, int room) {
        open(column, XlsxStyle.PLAIN);
        out.put(TEXT);
        out.reserve(room);
        return out.length();
    }

    /** Ends a text that begins at that index; cuts it where it is too long. */
    void endAscii(int start) {
        if (out.length() - start > MOST_CHARACTERS) {
            out.end(start + MOST_CHARACTERS);
            alterations.addTruncated();
        }
        out.put(TEXT_END);
    }

    void text(int column, XlsxStyle style, String value) {
        open(column, style);
        int end = end(value);
        out.put(end > 0 && (value.charAt(0) <= ' ' || value.charAt(end - 1) <= ' ') ? SPACED_TEXT : TEXT);
        int i = 0;
        while (i < end) {
            int point = value.codePointAt(i);
            put(point, value, i, end);
            i += Character.charCount(point);
        }
        out.put(TEXT_END);
    }

    private void open(int column, XlsxStyle style) {
        out.put(openings[column]);
        out.put(row, rowLength);
        if (style != XlsxStyle.PLAIN) {
            out.put(STYLE);
            out.put(style.digit());
        }
    }

    /** Where a text ends for its cell: never within a pair of surrogates. */
    private int end(String value) {
        if (value.length() <= MOST_CHARACTERS) {
            return value.length();
        }
        alterations.addTruncated();
        boolean withinPair =
                Character.isSurrogatePair(value.charAt(MOST_CHARACTERS - 1), value.charAt(MOST_CHARACTERS));
        return withinPair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
    }

    private void put(int point, String value, int at, int end) {
        switch (point) {
            case '&' -> out.put(AMPERSAND);
            case '<' -> out.put(LESS);
            case '>' -> out.put(GREATER);
            case '\r' -> out.put(RETURN);
            case '_' -> {
                if (isEscape(value, at, end)) {
                    out.put(UNDERSCORE);
                } else {
                    out.put((byte) '_');
                }
            }
            default -> {
                int held = point;
                if (!isHeld(point)) {
                    alterations.addReplaced();
                    held = Utf8.REPLACEMENT;
                }
                byte[] to = out.reserve(4);
                out.end(Utf8.write(held, to, out.length()));
            }
        }
    }

    /** What XML 1.0 can hold (2.2). */
    private static boolean isHeld(int point) {
        return point >= ' '
                ? !Utf8.isUnpaired(point) && point != 0xFFFE && point != 0xFFFF
                : point == '\t' || point == '\n' || point == '\r';
    }

    /** Whether the text there reads as an escape: _x, four hexadecimal digits, and _. */
    private static boolean isEscape(String value, int at, int end) {
        int last = at + ESCAPE_LENGTH - 1;
        if (last >= end || value.charAt(at + 1) != 'x' || value.charAt(last) != '_') {
            return false;
        }
        for (int i = at + 2; i < last; i++) {
            char c = value.charAt(i);
            if (c >= 0x80 || Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
