package dev.windrow.common.options;

import java.util.Locale;

/**
 * How CSV is written.
 *
 * @param bom whether the file begins with a UTF-8 byte order mark; default false
 * @param delimiter one ASCII character that is no quote, CR or LF; default the comma
 * @param crlf whether lines end with CR LF (RFC 4180, the default) or with LF
 * @param escapeFormulas whether text cells that a spreadsheet would run as a formula are guarded by an apostrophe;
 *     default false
 * @param mostRows rows of one file, after which another one begins; 0 (the default) for no limit
 */
public record CsvOptions(boolean bom, char delimiter, boolean crlf, boolean escapeFormulas, long mostRows) {
    /** For programs, which take the rows as they are and however many there are. */
    public static final CsvOptions DEFAULT = new CsvOptions(false, ',', true, false);

    /**
     * For spreadsheets: told that it is UTF-8, nothing run as a formula, no more rows than a sheet has below its
     * header.
     */
    public static final CsvOptions SPREADSHEET = new CsvOptions(true, ',', true, true, 1_048_575);

    public CsvOptions {
        if (mostRows < 0) {
            throw new IllegalArgumentException("mostRows: " + mostRows);
        }
        if (delimiter == '"' || delimiter == '\r' || delimiter == '\n' || delimiter == 0 || delimiter > 0x7e) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "delimiter: U+%04X", (int) delimiter));
        }
    }

    /** Options without a limit of rows. */
    public CsvOptions(boolean bom, char delimiter, boolean crlf, boolean escapeFormulas) {
        this(bom, delimiter, crlf, escapeFormulas, 0);
    }
}
