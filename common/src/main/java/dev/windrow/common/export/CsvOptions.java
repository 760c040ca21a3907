package dev.windrow.common.export;

import java.util.Locale;

/**
 * How CSV is written.
 *
 * @param bom whether the file begins with a UTF-8 byte order mark; default false
 * @param delimiter one ASCII character that is no quote, CR or LF; default the comma
 * @param crlf whether lines end with CR LF (RFC 4180, the default) or with LF
 * @param escapeFormulas whether text cells that a spreadsheet would run as a formula are guarded by an apostrophe; default false
 */
public record CsvOptions(boolean bom, char delimiter, boolean crlf, boolean escapeFormulas) {
    public static final CsvOptions DEFAULT = new CsvOptions(false, ',', true, false);

    public CsvOptions {
        if (delimiter == '"' || delimiter == '\r' || delimiter == '\n' || delimiter == 0 || delimiter > 0x7e) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "delimiter: U+%04X", (int) delimiter));
        }
    }
}
