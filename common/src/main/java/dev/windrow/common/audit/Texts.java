package dev.windrow.common.audit;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Texts of the audit. What one database would change or refuse (a NUL, half a surrogate pair) is changed before it is
 * hashed, so that what is read again has the same hash.
 */
final class Texts {
    private static final int LONGEST = 1_000;

    private Texts() {}

    static @Nullable String kept(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String shorter = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
        byte[] bytes = shorter.replace('\0', '?').getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** As a JSON value, on one line and without a control character. */
    static String json(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Number) {
            return value.toString();
        }
        StringBuilder json = new StringBuilder("\"");
        String.valueOf(value).chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                json.append("\\u").append(Character.forDigit(c >> 12, 16));
                json.append(Character.forDigit(c >> 8 & 15, 16));
                json.append(Character.forDigit(c >> 4 & 15, 16));
                json.append(Character.forDigit(c & 15, 16));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
