package dev.windrow.app.settings;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.limit.Limits;
import dev.windrow.common.quota.StartRate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How much a caller may do whose credentials say nothing else. Null is the default where callers are told apart, and no
 * limit where they are not: there the only caller is the operator, whom nobody need be protected from.
 *
 * @param startsPerMinute exports begun in a minute
 * @param activePerCaller exports that wait or run at once
 * @param queued exports of all callers that wait
 * @param rowsPerDay in 24 hours
 * @param bytesPerDay of archives, in 24 hours
 */
public record LimitSettings(
        @SettingText(value = "exports that a caller may start in a minute", otherwise = "60, or none without security")
        @Nullable Integer startsPerMinute,

        @SettingText(
                value = "exports of a caller that may wait or run at once",
                otherwise = "5, or none without security")
        @Nullable Integer activePerCaller,

        @SettingText(value = "exports of all callers that may wait", otherwise = "10000, or none without security")
        @Nullable Integer queued,

        @SettingText(value = "rows that a caller may export in 24 hours", otherwise = "none") @Nullable Long rowsPerDay,

        @SettingText(value = "most that a caller's archives of 24 hours may be together", otherwise = "none") @Nullable DataSize bytesPerDay) {
    private static final int STARTS_PER_MINUTE = 60;
    private static final int ACTIVE = 5;
    private static final int QUEUED = 10_000;

    public LimitSettings {
        positive("windrow.limits.starts-per-minute", startsPerMinute, STARTS_PER_MINUTE);
        positive("windrow.limits.active-per-caller", activePerCaller, ACTIVE);
        positive("windrow.limits.queued", queued, QUEUED);
        positive("windrow.limits.rows-per-day", rowsPerDay, 10_000_000);
        if (bytesPerDay != null && bytesPerDay.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "windrow.limits.bytes-per-day is " + bytesPerDay + "; say a size such as 10GB, or leave it out");
        }
        if (startsPerMinute != null && startsPerMinute > StartRate.MOST) {
            throw new IllegalArgumentException("windrow.limits.starts-per-minute is " + startsPerMinute
                    + "; say a number from 1 to " + StartRate.MOST);
        }
    }

    private static void positive(String key, @Nullable Number value, int example) {
        if (value != null && value.longValue() < 1) {
            throw new IllegalArgumentException(
                    key + " is " + value + "; say a number such as " + example + ", or leave it out");
        }
    }

    /** @param callersAreKnown whether credentials tell callers apart */
    public Limits limits(boolean callersAreKnown) {
        return new Limits(
                new Allowance(
                        or(startsPerMinute, callersAreKnown, STARTS_PER_MINUTE),
                        or(activePerCaller, callersAreKnown, ACTIVE),
                        rowsPerDay,
                        bytesPerDay == null ? null : bytesPerDay.toBytes()),
                or(queued, callersAreKnown, QUEUED));
    }

    private static @Nullable Integer or(@Nullable Integer value, boolean callersAreKnown, int usual) {
        return value != null || !callersAreKnown ? value : Integer.valueOf(usual);
    }
}
