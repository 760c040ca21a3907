package dev.windrow.worker.encode.xlsx;

import dev.windrow.common.catalog.ColumnType;

/** How cells look. */
enum XlsxStyle {
    PLAIN('0'),
    HEADER('1'),
    DATE('2'),
    /** Shows an instant as ISO 8601 has it, with the Z, so that nobody takes it for a time of another zone. */
    TIMESTAMP('3');

    private static final int DATE_FORMAT = 164;
    private static final int TIMESTAMP_FORMAT = 165;

    private final byte digit;

    /** @param digit its place among the style sheet's formats, by which cells name it */
    XlsxStyle(char digit) {
        this.digit = (byte) digit;
    }

    byte digit() {
        return digit;
    }

    /** Characters that a day or an instant takes; in a narrower column a sheet shows hashes instead. */
    static int width(ColumnType type) {
        return switch (type) {
            case DATE -> 12;
            case TIMESTAMP -> 27;
            default -> 0;
        };
    }

    static String document(String namespace) {
        return "<styleSheet xmlns=\"" + namespace + "\"><numFmts count=\"2\">"
                + numberFormat(DATE_FORMAT, "yyyy\\-mm\\-dd")
                + numberFormat(TIMESTAMP_FORMAT, "yyyy\\-mm\\-dd\\Thh:mm:ss.000\\Z")
                + "</numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
                + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                + "<cellXfs count=\"4\">" + format(0, 0) + format(0, 1) + format(DATE_FORMAT, 0)
                + format(TIMESTAMP_FORMAT, 0) + "</cellXfs>"
                + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
    }

    private static String numberFormat(int id, String code) {
        return "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + code + "\"/>";
    }

    private static String format(int number, int font) {
        return "<xf numFmtId=\"" + number + "\" fontId=\"" + font + "\" fillId=\"0\" borderId=\"0\" xfId=\"0\""
                + (number == 0 ? "" : " applyNumberFormat=\"1\"") + (font == 0 ? "" : " applyFont=\"1\"") + "/>";
    }
}
