package dev.windrow.worker.encode.xlsx;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.core.io.NumberOutput;

/**
 * Which values a sheet's number gives back as they went in, to programs and to people: it is a double, of which
 * programs show 15 digits, and a day is a number from 1900 on.
 */
final class XlsxNumbers {
    private static final int SHOWN_DIGITS = 15;
    /** The first whole number of more digits. */
    private static final long BEYOND_SHOWN = 1_000_000_000_000_000L;
    /** Far enough from a double's own limits. */
    private static final int MOST_SCALE = 290;

    private static final double LARGEST = 9.99999999999999e307;
    private static final double SMALLEST = 0x1p-1022;

    /** As JSON spells it, but no longer than any double, so that a huge one costs nothing. */
    private static final Pattern JSON_NUMBER =
            Pattern.compile("-?[0-9]{1,400}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?");

    private static final long DAY_OF_1970 = 25_569;
    /** 1 March 1900. Before it programs disagree, since one of them once took 1900 for a leap year. */
    private static final long FIRST_DAY = 61 - DAY_OF_1970;
    /** The last of the year 9999. */
    private static final long LAST_DAY = 2_958_465 - DAY_OF_1970;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private XlsxNumbers() {}

    static boolean holds(long value) {
        return value > -BEYOND_SHOWN && value < BEYOND_SHOWN;
    }

    /**
     * Not what is not finite, nor what is smaller or larger than sheets allow. One with more digits than are shown is a
     * number all the same, since it is measured or computed, and a text could not be added up. But where all of the
     * digits are before the point, it is as likely somebody's number.
     */
    static boolean holds(double value) {
        double size = Math.abs(value);
        if (size < BEYOND_SHOWN) {
            return size == 0 || size >= SMALLEST;
        }
        return size <= LARGEST && decimal(size).stripTrailingZeros().precision() <= SHOWN_DIGITS;
    }

    static boolean holds(BigDecimal value) {
        long wholeDigits = (long) value.precision() - value.scale();
        return value.precision() <= SHOWN_DIGITS && wholeDigits <= SHOWN_DIGITS && value.scale() <= MOST_SCALE;
    }

    /** Of JSON, a number whose double is that number and not only the nearest one. */
    static boolean holdsJson(String json) {
        if (!JSON_NUMBER.matcher(json).matches()) {
            return false;
        }
        BigDecimal spelled = new BigDecimal(json);
        if (spelled.scale() == 0 && spelled.precision() > SHOWN_DIGITS) {
            return false;
        }
        double value = Double.parseDouble(json);
        return holds(value) && decimal(value).compareTo(spelled) == 0;
    }

    /** The shortest one that reads back as the double. */
    private static BigDecimal decimal(double value) {
        return new BigDecimal(NumberOutput.toString(value, true));
    }

    static boolean holdsDay(long epochDay) {
        return epochDay >= FIRST_DAY && epochDay <= LAST_DAY;
    }

    static boolean holdsInstant(long epochSecond, int nano) {
        return holdsDay(Math.floorDiv(epochSecond, SECONDS_OF_DAY)) && nano % NANOS_OF_MILLI == 0;
    }

    static long day(long epochDay) {
        return epochDay + DAY_OF_1970;
    }

    static double instant(long epochSecond, int nano) {
        long millis = Math.floorMod(epochSecond, SECONDS_OF_DAY) * 1_000L + nano / NANOS_OF_MILLI;
        return day(Math.floorDiv(epochSecond, SECONDS_OF_DAY)) + millis / (SECONDS_OF_DAY * 1_000.0);
    }
}
