package dev.windrow.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The CSV whose digests another program computed from databases that it had made itself: LF, and quotes only where they
 * are needed. It can't tell an empty text from no value, which Windrow does, by quotes.
 */
final class CanonicalCsv {
    /** Asks for it. */
    static final String OPTIONS = "\"options\":{\"csv\":{\"lineEnding\":\"lf\"}}";

    private CanonicalCsv() {}

    /** The digest that the bytes have; where they hold an empty text, that of the same values. */
    static String digest(byte[] csv) {
        String text = new String(csv, UTF_8);
        List<List<String>> lines = CsvText.lines(text, ',', "\n");
        boolean emptyText = lines.stream().anyMatch(line -> line.contains(""));
        return HomeInvariants.sha256(emptyText ? canonical(lines).getBytes(UTF_8) : csv);
    }

    private static String canonical(List<List<String>> lines) {
        return lines.stream()
                .map(line -> line.stream().map(CanonicalCsv::cell).collect(Collectors.joining(",", "", "\n")))
                .collect(Collectors.joining());
    }

    private static String cell(String value) {
        if (value == null) {
            return "";
        }
        boolean quoted = value.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
