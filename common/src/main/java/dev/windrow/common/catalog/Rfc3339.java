package dev.windrow.common.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dates and times of RFC 3339, section 5.6, and no others: no week dates, no missing offset, no year beyond 0001 to
 * 9999. A leap second ({@code :60}) is refused, since neither epoch milliseconds nor any source's own types can hold
 * it, and so is a fraction finer than nanoseconds.
 */
public final class Rfc3339 {
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern TIMESTAMP =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[Tt](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)"
                    + "(?:[Zz]|([+-])([01]\\d|2[0-3]):([0-5]\\d))");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Rfc3339() {}

    /**
     * Reads a {@code full-date}.
     *
     * @throws DateTimeException when it is not one
     */
    static LocalDate date(String text) {
        Matcher matcher = DATE.matcher(text);
        if (!matcher.matches() || text.startsWith("0000")) {
            throw new DateTimeException("not a date");
        }
        return LocalDate.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /**
     * Reads a {@code date-time}.
     *
     * @throws DateTimeException when it is not one
     */
    public static Instant timestamp(String text) {
        Matcher matcher = TIMESTAMP.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("not a timestamp");
        }
        Instant local = LocalDateTime.of(date(matcher.group(1)), LocalTime.parse(matcher.group(2)))
                .toInstant(ZoneOffset.UTC);
        Instant instant = local;
        // Not a ZoneOffset, which ends at 18 hours.
        if (matcher.group(3) != null) {
            long seconds = Integer.parseInt(matcher.group(4)) * 3600L + Integer.parseInt(matcher.group(5)) * 60L;
            instant = matcher.group(3).equals("+") ? local.minusSeconds(seconds) : local.plusSeconds(seconds);
        }
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new DateTimeException("out of range");
        }
        return instant;
    }
}
