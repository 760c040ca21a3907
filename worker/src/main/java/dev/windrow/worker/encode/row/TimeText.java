package dev.windrow.worker.encode.row;

import java.time.Instant;
import java.time.LocalDate;
import tools.jackson.core.io.NumberOutput;

/*
 * The day is taken apart in years that begin on 1 March, so that the leap day is a year's last, within cycles of 400
 * years of 146,097 days (the idea of Howard Hinnant's "chrono-compatible low-level date algorithms").
 */
/** Days and instants as ISO 8601 text, as {@link LocalDate#toString} and {@link Instant#toString} without garbage. */
public final class TimeText {
    /** The most bytes that a day takes: sign, ten digits of a year, month and day. */
    public static final int LONGEST_DATE = 17;

    /** The most bytes that an instant takes. */
    public static final int LONGEST_TIMESTAMP = LONGEST_DATE + "T00:00:00.000000000Z".length();

    private static final long FIRST_DAY = LocalDate.MIN.toEpochDay();
    private static final long LAST_DAY = LocalDate.MAX.toEpochDay();
    private static final long FIRST_SECOND = Instant.MIN.getEpochSecond();
    private static final long LAST_SECOND = Instant.MAX.getEpochSecond();
    private static final long DAYS_FROM_MARCH_0000_TO_1970 = 719_468;
    private static final int DAYS_OF_CYCLE = 146_097;
    private static final int SECONDS_OF_DAY = 86_400;

    private TimeText() {}

    /**
     * Writes a day, {@code 2024-02-29}, and gives the index after it. Years outside 0 to 9999 carry a sign.
     *
     * @throws IllegalArgumentException when no {@link LocalDate} holds the day
     */
    public static int writeDate(long epochDay, byte[] to, int at) {
        if (epochDay < FIRST_DAY || epochDay > LAST_DAY) {
            throw new IllegalArgumentException("epochDay: " + epochDay);
        }
        return writeDay(epochDay, to, at);
    }

    /**
     * Writes an instant, {@code 2024-02-29T12:00:00.250Z}, and gives the index after it. The fraction has none, 3, 6 or
     * 9 digits, the fewest that say it all.
     *
     * @throws IllegalArgumentException when no {@link Instant} holds it
     */
    public static int writeTimestamp(long epochSecond, int nano, byte[] to, int at) {
        if (epochSecond < FIRST_SECOND || epochSecond > LAST_SECOND) {
            throw new IllegalArgumentException("epochSecond: " + epochSecond);
        }
        if (nano < 0 || nano > 999_999_999) {
            throw new IllegalArgumentException("nano: " + nano);
        }
        int next = writeDay(Math.floorDiv(epochSecond, SECONDS_OF_DAY), to, at);
        int second = Math.floorMod(epochSecond, SECONDS_OF_DAY);
        to[next++] = 'T';
        next = writeTwo(second / 3_600, to, next);
        to[next++] = ':';
        next = writeTwo(second / 60 % 60, to, next);
        to[next++] = ':';
        next = writeTwo(second % 60, to, next);
        next = writeFraction(nano, to, next);
        to[next++] = 'Z';
        return next;
    }

    /** Any day of an {@link Instant}, which reaches a year beyond {@link LocalDate} on either side. */
    private static int writeDay(long epochDay, byte[] to, int at) {
        long day = epochDay + DAYS_FROM_MARCH_0000_TO_1970;
        int cycleDay = Math.floorMod(day, DAYS_OF_CYCLE);
        int cycleYear = (cycleDay - cycleDay / 1_460 + cycleDay / 36_524 - cycleDay / (DAYS_OF_CYCLE - 1)) / 365;
        int yearDay = cycleDay - (365 * cycleYear + cycleYear / 4 - cycleYear / 100);
        int marchMonth = (5 * yearDay + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (Math.floorDiv(day, DAYS_OF_CYCLE) * 400) + cycleYear + (month <= 2 ? 1 : 0);
        int next = writeYear(year, to, at);
        to[next++] = '-';
        next = writeTwo(month, to, next);
        to[next++] = '-';
        return writeTwo(yearDay - (153 * marchMonth + 2) / 5 + 1, to, next);
    }

    private static int writeYear(int year, byte[] to, int at) {
        int next = at;
        if (year < 0 || year > 9_999) {
            to[next++] = (byte) (year < 0 ? '-' : '+');
        }
        int size = Math.abs(year);
        if (size > 9_999) {
            return NumberOutput.outputInt(size, to, next);
        }
        next = writeTwo(size / 100, to, next);
        return writeTwo(size % 100, to, next);
    }

    private static int writeFraction(int nano, byte[] to, int at) {
        if (nano == 0) {
            return at;
        }
        to[at] = '.';
        int next = writeThree(nano / 1_000_000, to, at + 1);
        if (nano % 1_000_000 != 0) {
            next = writeThree(nano / 1_000 % 1_000, to, next);
        }
        return nano % 1_000 == 0 ? next : writeThree(nano % 1_000, to, next);
    }

    private static int writeTwo(int value, byte[] to, int at) {
        to[at] = (byte) ('0' + value / 10);
        to[at + 1] = (byte) ('0' + value % 10);
        return at + 2;
    }

    private static int writeThree(int value, byte[] to, int at) {
        to[at] = (byte) ('0' + value / 100);
        return writeTwo(value % 100, to, at + 1);
    }
}
