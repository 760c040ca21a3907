package dev.windrow.common.source.jdbc.value;

import dev.windrow.common.catalog.Column.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/*
 * Integers and decimals are exact, to the nanosecond. A double is not: 1704067200.123456 is 0.1 microseconds off what
 * was meant, and a julian day of our time 20. So a double is rounded to where its own digits end: to the microsecond,
 * and julian days to the millisecond, as SQLite's own functions do it.
 */
/** Numbers that are moments in a unit. A moment is of the years 0001 to 9999, which RFC 3339 can write. */
final class Moments {
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long SECONDS_OF_DAY = 86_400;
    private static final BigDecimal MILLIS_OF_DAY = BigDecimal.valueOf(86_400_000);
    private static final BigDecimal JULIAN_DAY_OF_1970 = new BigDecimal("2440587.5");

    /** More than any unit counts to the year 9999, so that no number is written out in digits without end. */
    private static final BigDecimal BEYOND = new BigDecimal("1e18");

    private Moments() {}

    static boolean holdsDay(long epochDay) {
        return epochDay >= FIRST_DAY && epochDay <= LAST_DAY;
    }

    static boolean holds(long epochSecond) {
        return holdsDay(Math.floorDiv(epochSecond, SECONDS_OF_DAY));
    }

    /** Empty for what is beyond the years. */
    static Optional<Instant> of(long value, Unit unit) {
        return switch (unit) {
            case S -> seconds(value, 0);
            case MS -> seconds(Math.floorDiv(value, 1_000L), Math.floorMod(value, 1_000L) * 1_000_000L);
            case US -> seconds(Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1_000L);
            case JULIAN -> julian(BigDecimal.valueOf(value));
        };
    }

    /** Empty for what is beyond the years, or finer than a nanosecond. */
    static Optional<Instant> of(BigDecimal value, Unit unit) {
        if (value.abs().compareTo(BEYOND) > 0) {
            return Optional.empty();
        }
        return unit == Unit.JULIAN ? julian(value) : seconds(value.movePointLeft(places(unit)));
    }

    /** Empty for what is no number, and beyond the years. */
    static Optional<Instant> of(double value, Unit unit) {
        if (!(Math.abs(value) < 1e18)) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(value);
        return unit == Unit.JULIAN
                ? julian(exact)
                : seconds(exact.movePointLeft(places(unit)).setScale(6, RoundingMode.HALF_EVEN));
    }

    private static int places(Unit unit) {
        return switch (unit) {
            case S -> 0;
            case MS -> 3;
            case US -> 6;
            case JULIAN -> throw new IllegalArgumentException("days are no part of a second");
        };
    }

    private static Optional<Instant> julian(BigDecimal days) {
        BigDecimal millis =
                days.subtract(JULIAN_DAY_OF_1970).multiply(MILLIS_OF_DAY).setScale(0, RoundingMode.HALF_EVEN);
        return seconds(millis.movePointLeft(3));
    }

    private static Optional<Instant> seconds(BigDecimal exact) {
        BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
        BigDecimal nanos = exact.subtract(whole).movePointRight(9);
        boolean fits = whole.abs().compareTo(BEYOND) < 0
                && (nanos.signum() == 0 || nanos.stripTrailingZeros().scale() <= 0);
        return fits ? seconds(whole.longValueExact(), nanos.longValueExact()) : Optional.empty();
    }

    private static Optional<Instant> seconds(long epochSecond, long nano) {
        return holds(epochSecond) ? Optional.of(Instant.ofEpochSecond(epochSecond, nano)) : Optional.empty();
    }
}
