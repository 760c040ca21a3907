package dev.windrow.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Range} header (RFC 9110, section 14.2). What is malformed, of another unit, or too much is as good as
 * absent: a 416 would tell somebody who resumes a wrong story about the file's length.
 */
public final class RangeHeader {
    /** More ranges than this are nobody's download. */
    static final int MOST = 64;

    private static final String UNIT = "bytes=";
    /** So many always fit into a long, and no file is as long as the least numeral of more. */
    private static final int LONG_DIGITS = 18;

    private RangeHeader() {}

    /**
     * The parts of a file of this size that the header asks for, in its order. Empty: the header asks for nothing that
     * is understood. An empty list: it asks only for what is not there.
     */
    public static Optional<List<ByteRange>> parse(@Nullable String header, long size) {
        if (header == null || size == 0 || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return Optional.empty();
        }
        List<ByteRange> ranges = new ArrayList<>();
        int seen = 0;
        int at = UNIT.length();
        while (at <= header.length()) {
            int comma = header.indexOf(',', at);
            int end = comma < 0 ? header.length() : comma;
            String spec = stripped(header, at, end);
            at = end + 1;
            if (spec.isEmpty()) {
                continue;
            }
            int hyphen = spec.indexOf('-');
            seen++;
            if (seen > MOST || hyphen < 0) {
                return Optional.empty();
            }
            String first = spec.substring(0, hyphen);
            String last = spec.substring(hyphen + 1);
            if (!isNumeral(first) || !isNumeral(last) || isReversed(first, last)) {
                return Optional.empty();
            }
            resolve(first, last, size).ifPresent(ranges::add);
        }
        return seen == 0 ? Optional.empty() : Optional.of(ranges);
    }

    /** A part of the header without blanks and tabs around it. */
    private static String stripped(String header, int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && isBlank(header.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(header.charAt(to - 1))) {
            to--;
        }
        return header.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Digits of ASCII; none are a numeral too. */
    private static boolean isNumeral(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isReversed(String first, String last) {
        if (first.isEmpty() || last.isEmpty()) {
            return first.isEmpty() && last.isEmpty();
        }
        return compare(significant(last), significant(first)) < 0;
    }

    /** Of numerals without zeros before them. */
    private static int compare(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) : Integer.compare(one.length(), other.length());
    }

    private static String significant(String digits) {
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    private static Optional<ByteRange> resolve(String first, String last, long size) {
        if (first.isEmpty()) {
            long suffix = clamped(last, size);
            return suffix == 0 ? Optional.empty() : Optional.of(new ByteRange(size - suffix, size - 1));
        }
        long from = clamped(first, size);
        long to = last.isEmpty() ? size - 1 : clamped(last, size - 1);
        return from >= size ? Optional.empty() : Optional.of(new ByteRange(from, to));
    }

    /** The number, but at most {@code most}: numerals of any length are valid. */
    private static long clamped(String digits, long most) {
        String significant = significant(digits);
        if (significant.length() > LONG_DIGITS) {
            return most;
        }
        return significant.isEmpty() ? 0 : Math.min(most, Long.parseLong(significant));
    }
}
