package dev.windrow.api.download;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Range} header (RFC 9110, section 14.2). What is malformed, of another unit, or too much is as good as absent: a 416
 * would tell somebody who resumes a wrong story about the file's length.
 */
final class RangeHeader {
    /** More ranges than this are nobody's download. */
    static final int MOST = 64;

    private static final String UNIT = "bytes=";
    private static final Pattern SPEC = Pattern.compile("([0-9]*)-([0-9]*)");

    private RangeHeader() {}

    /**
     * The parts of a file of this size that the header asks for, in its order. Empty: the header asks for nothing that is understood.
     * An empty list: it asks only for what is not there.
     */
    static Optional<List<ByteRange>> parse(@Nullable String header, long size) {
        if (header == null || size == 0 || !header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return Optional.empty();
        }
        List<ByteRange> ranges = new ArrayList<>();
        int seen = 0;
        for (String member : header.substring(UNIT.length()).split(",", -1)) {
            String spec = member.replaceAll("^[ \\t]+|[ \\t]+$", "");
            if (spec.isEmpty()) {
                continue;
            }
            Matcher matcher = SPEC.matcher(spec);
            seen++;
            if (seen > MOST || !matcher.matches() || isReversed(matcher.group(1), matcher.group(2))) {
                return Optional.empty();
            }
            resolve(matcher.group(1), matcher.group(2), size).ifPresent(ranges::add);
        }
        return seen == 0 ? Optional.empty() : Optional.of(ranges);
    }

    private static boolean isReversed(String first, String last) {
        if (first.isEmpty() || last.isEmpty()) {
            return first.isEmpty() && last.isEmpty();
        }
        return new BigInteger(last).compareTo(new BigInteger(first)) < 0;
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
        return new BigInteger(digits).min(BigInteger.valueOf(most)).longValueExact();
    }
}
