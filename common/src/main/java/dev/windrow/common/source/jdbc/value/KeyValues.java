package dev.windrow.common.source.jdbc.value;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Values of a key part as Java has them: Long, Double, BigDecimal, String, byte[], LocalDate, LocalDateTime,
 * OffsetDateTime, UUID. Written as text they say which of these they are, and read back the same to the last bit.
 */
public final class KeyValues {
    /** Whether two keys are the same to the database. */
    public enum Likeness {
        EQUAL,
        DIFFERENT,
        /** Texts that some collations take for equal, and others do not. */
        UNSURE
    }

    /** The bit that tells a lower-case letter of ASCII. */
    private static final int LOWER_CASE = 0x20;

    private KeyValues() {}

    public static String write(Object value) {
        return tag(value) + ":"
                + (value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value);
    }

    private static char tag(Object value) {
        if (value instanceof Long) {
            return 'l';
        } else if (value instanceof Double) {
            return 'd';
        } else if (value instanceof BigDecimal) {
            return 'n';
        } else if (value instanceof String) {
            return 's';
        } else if (value instanceof byte[]) {
            return 'b';
        } else if (value instanceof LocalDate) {
            return 'D';
        } else if (value instanceof LocalDateTime) {
            return 't';
        } else if (value instanceof OffsetDateTime) {
            return 'z';
        } else if (value instanceof UUID) {
            return 'u';
        }
        throw new IllegalArgumentException("a key of " + value.getClass());
    }

    /** @throws IllegalArgumentException or a DateTimeException for what {@link #write} did not write */
    public static Object read(String written) {
        if (written.length() < 2 || written.charAt(1) != ':') {
            throw new IllegalArgumentException("no type");
        }
        String text = written.substring(2);
        return switch (written.charAt(0)) {
            case 'l' -> Long.parseLong(text);
            case 'd' -> Double.parseDouble(text);
            case 'n' -> new BigDecimal(text);
            case 's' -> text;
            case 'b' -> Base64.getDecoder().decode(text);
            case 'D' -> LocalDate.parse(text);
            case 't' -> LocalDateTime.parse(text);
            case 'z' -> OffsetDateTime.parse(text);
            case 'u' -> UUID.fromString(text);
            default -> throw new IllegalArgumentException("unknown type");
        };
    }

    public static Likeness compare(Object one, Object other) {
        if (one instanceof String text && other instanceof String otherText) {
            return compareTexts(text, otherText);
        }
        if (one instanceof Long && other instanceof Long) {
            return of(one.equals(other));
        }
        if (one instanceof Number number && other instanceof Number otherNumber) {
            return of(sameNumber(number, otherNumber));
        }
        if (one instanceof byte[] bytes && other instanceof byte[] otherBytes) {
            return of(Arrays.equals(bytes, otherBytes));
        }
        if (one instanceof OffsetDateTime instant && other instanceof OffsetDateTime otherInstant) {
            return of(instant.isEqual(otherInstant));
        }
        return of(one.equals(other));
    }

    /** SQLite's 1 and 1.0 are one key, as PostgreSQL's 1.0 and 1.00 are, and 0.0 and -0.0. */
    private static boolean sameNumber(Number one, Number other) {
        if (isFinite(one) && isFinite(other)) {
            return exact(one).compareTo(exact(other)) == 0;
        }
        return one.equals(other);
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double) || Double.isFinite(number.doubleValue());
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof Double ? new BigDecimal(number.doubleValue()) : BigDecimal.valueOf(number.longValue());
    }

    /** Collations that take different texts for equal do so, as a rule, for letters' case or for blanks at the end. */
    private static Likeness compareTexts(String one, String other) {
        if (one.equals(other)) {
            return Likeness.EQUAL;
        }
        boolean alike = withoutEnd(one).equalsIgnoreCase(withoutEnd(other));
        return alike ? Likeness.UNSURE : Likeness.DIFFERENT;
    }

    /**
     * Under any collation: letters that differ in an accent, or one letter and two, may be equal, and what is neither
     * letter nor digit may count for nothing. Surely different are texts of which, where they part, one has a letter or
     * digit of ASCII and the other another.
     */
    public static Likeness compareAnyTexts(String one, String other) {
        if (one.equals(other)) {
            return Likeness.EQUAL;
        }
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        boolean different = at < one.length()
                && at < other.length()
                && isPlain(one.charAt(at))
                && isPlain(other.charAt(at))
                && (one.charAt(at) | LOWER_CASE) != (other.charAt(at) | LOWER_CASE)
                && isPlainAfter(one, at)
                && isPlainAfter(other, at);
        return different ? Likeness.DIFFERENT : Likeness.UNSURE;
    }

    private static boolean isPlainAfter(String text, int at) {
        return at + 1 == text.length() || text.charAt(at + 1) < 0x80;
    }

    private static boolean isPlain(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static String withoutEnd(String text) {
        return text.endsWith(" ") ? text.stripTrailing() : text;
    }

    private static Likeness of(boolean equal) {
        return equal ? Likeness.EQUAL : Likeness.DIFFERENT;
    }
}
