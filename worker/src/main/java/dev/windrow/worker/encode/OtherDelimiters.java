package dev.windrow.worker.encode;

/*
 * A file with commas that is opened as one with semicolons, as spreadsheets do by their user's country, has other cells
 * than were written: the text
 *
 *   a;=1+1;b      in a file with commas, quoted or not       1,"a;=1+1;b"
 *
 * is three cells there, and the second is a formula. Quotes don't help, since a program takes one for a quote only
 * where it is the first character of a cell, and there it is in the middle of the cell 1,"a. Nor does a quoted line's
 * end hold: what follows it is the first cell of a row. So each sign that would be the first of such a cell is guarded
 * where it stands.
 */
/** Which signs within a text begin a formula for a program that reads the file with another delimiter. Immutable. */
final class OtherDelimiters {
    private static final String DELIMITERS = ",;\t|";
    /** No cell begins there. */
    private static final int NONE = -1;
    /** One does, for programs of several delimiters. */
    private static final int SEVERAL = -2;

    private final boolean[] splits = new boolean[0x80];

    /** @param delimiter the file's own, at which no program splits a cell that is quoted for it */
    OtherDelimiters(char delimiter) {
        for (char c : (DELIMITERS + "\r\n").toCharArray()) {
            splits[c] = c != delimiter;
        }
    }

    /** Whether such a program may begin a cell after that character. */
    boolean splits(int point) {
        return point < 0x80 && splits[point];
    }

    /**
     * The index of the first sign to be guarded, from an index on that lies within a cell; the text's length if there
     * is none.
     */
    int nextSign(String text, int from) {
        int opener = NONE;
        int at = from;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (splits(point)) {
                // A tab does not show: where it is no delimiter, the cell that began before it still begins.
                opener = point == '\t' && opener != NONE && opener != '\t' ? SEVERAL : point;
            } else if (opener != NONE) {
                if (FormulaRule.isSign(point) && !isNumber(text, at, opener)) {
                    return at;
                }
                // A quote there may be one that the program takes away.
                opener = point == '"' || FormulaRule.isUnseen(point) ? opener : NONE;
            }
            at += Character.charCount(point);
        }
        return text.length();
    }

    /**
     * Whether a number fills the cell there, or is one of a JSON array or object, of which no formula can be made. One
     * at the text's end does not: what the next columns hold would be in the same cell.
     */
    private static boolean isNumber(String text, int sign, int opener) {
        int end = FormulaRule.numberEnd(text, sign);
        if (end == sign || end == text.length()) {
            return false;
        }
        char next = text.charAt(end);
        return next == opener || next == '\r' || next == '\n' || next == ']' || next == '}';
    }
}
