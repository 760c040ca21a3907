package dev.windrow.worker.encode;

import java.util.List;

/**
 * First bytes by which programs take a file for one of another format, whatever its name says: spreadsheets a text for
 * SYLK, DIF, HTML, XML, RTF or a mail, and Unicode's readers a text for a byte order mark. A quote before them is none
 * of these.
 */
final class CsvBeginning {
    private static final List<String> MARKS =
            List.of("ID", "TABLE", "<", "{\\", "%PDF", "%!", "#!", "MIME-", "PK\u0003", "\ufeff");

    private CsvBeginning() {}

    /** Whether a file that begins with that text is taken so. */
    static boolean isOfAnotherFormat(String text) {
        return MARKS.stream().anyMatch(text::startsWith);
    }
}
