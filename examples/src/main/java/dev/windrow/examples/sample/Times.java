package dev.windrow.examples.sample;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** Moments as milliseconds since 1970 UTC, and as ISO 8601 text. */
public final class Times {
    public static final long DAY_MS = 86_400_000;

    private Times() {}

    /** The first moment of a day. */
    public static long millis(int year, int month, int day) {
        return LocalDate.of(year, month, day)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    /** With three digits of a second, and {@code Z} at the end. */
    public static String iso(long millis) {
        return iso(millis, "Z");
    }

    /** With three digits of a second. */
    public static String iso(long millis, String zone) {
        StringBuilder text = new StringBuilder(29).append(day(Math.floorDiv(millis, DAY_MS)));
        int rest = (int) Math.floorMod(millis, DAY_MS);
        digits(text.append('T'), rest / 3_600_000, 2);
        digits(text.append(':'), rest / 60_000 % 60, 2);
        digits(text.append(':'), rest / 1_000 % 60, 2);
        digits(text.append('.'), rest % 1_000, 3);
        return text.append(zone).toString();
    }

    /** The date of a day, by its number since 1970. */
    public static String day(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }

    private static void digits(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        text.append("0".repeat(width - digits.length())).append(digits);
    }
}
