package dev.windrow.api.schedule;

import dev.windrow.common.schedule.Schedule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * When a schedule is due, in its zone. Where the clocks go forward, what falls into the hour that is not there is due
 * once, at its end; where they go back, what falls into the hour that comes twice is due once, the first time. But one
 * whose hours are {@code *} or {@code *}{@code /n} goes by how much time has passed: it misses nothing and waits for
 * nothing on such a day (as cron of Debian and others tells the two apart). Immutable.
 */
final class Timetable {
    private static final int LONGEST = 200;
    private static final int FIELDS = 6;
    private static final int HOURS = 2;

    /** The words that may stand for six fields. */
    private static final Map<String, String> MACROS = Map.of(
            "@yearly", "0 0 0 1 1 *",
            "@annually", "0 0 0 1 1 *",
            "@monthly", "0 0 0 1 * *",
            "@weekly", "0 0 0 * * 0",
            "@daily", "0 0 0 * * *",
            "@midnight", "0 0 0 * * *",
            "@hourly", "0 0 * * * *");

    private final CronExpression expression;
    private final ZoneId zone;
    private final boolean passing;

    private Timetable(CronExpression expression, ZoneId zone, boolean passing) {
        this.expression = expression;
        this.zone = zone;
        this.passing = passing;
    }

    /** @throws IllegalArgumentException for one that can't be read, as only one from another version can be */
    static Timetable of(Schedule.Plan plan) {
        return of(cron(plan.cron()), zone(plan.zone()));
    }

    static Timetable of(CronExpression expression, ZoneId zone) {
        String hours = expression.toString().split(" ", -1)[HOURS];
        return new Timetable(expression, zone, hours.equals("*") || hours.startsWith("*/"));
    }

    ZoneId zone() {
        return zone;
    }

    /**
     * Six fields, or a macro.
     *
     * @throws IllegalArgumentException whose message goes on after the field's name
     */
    static CronExpression cron(String text) {
        String stripped = text.strip();
        String fields = MACROS.getOrDefault(stripped.toLowerCase(Locale.ROOT), stripped);
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("must have at most " + LONGEST + " characters");
        } else if (fields.startsWith("@")) {
            throw new IllegalArgumentException(
                    "has a word that is none of @hourly, @daily, @weekly, @monthly, @yearly");
        }
        String[] parts = fields.split("\\s+", -1);
        if (parts.length == FIELDS - 1) {
            throw new IllegalArgumentException(
                    "has 5 fields and must have 6: seconds come first, so that it may be \"0 " + String.join(" ", parts)
                            + "\"");
        } else if (parts.length != FIELDS) {
            throw new IllegalArgumentException(
                    "must have 6 fields (second, minute, hour, day of the month, month, day of"
                            + " the week), such as \"0 0 3 * * MON-FRI\"");
        }
        return parsed(String.join(" ", parts));
    }

    private static CronExpression parsed(String fields) {
        CronExpression expression;
        try {
            expression = CronExpression.parse(fields);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "has a field that can't be read: " + e.getMessage()
                            + "; the fields are second, minute, hour, day of the month, month, day of the week",
                    e);
        }
        if (expression.next(LocalDateTime.of(2000, 1, 1, 0, 0)) == null) {
            throw new IllegalArgumentException("names a time that never comes");
        }
        return expression;
    }

    /** @throws IllegalArgumentException whose message goes on after the field's name */
    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be a time zone by its name in the IANA database, such as Europe/Berlin, or UTC", e);
        }
    }

    /** The first time after that one; null where none comes again. */
    @Nullable Instant after(Instant time) {
        return passing ? passing(time) : named(time);
    }

    /**
     * The last time that is over.
     *
     * @param due a time of this one that is not after {@code now}
     */
    Instant last(Instant due, Instant now) {
        // The time after t never falls as t grows: of the t whose next time is over, the last is looked for.
        long over = due.toEpochMilli() - 1;
        long ahead = now.toEpochMilli();
        while (ahead - over > 1) {
            long middle = over + (ahead - over) / 2;
            Instant next = after(Instant.ofEpochMilli(middle));
            if (next != null && !next.isAfter(now)) {
                over = middle;
            } else {
                ahead = middle;
            }
        }
        return Optional.ofNullable(after(Instant.ofEpochMilli(over))).orElse(due);
    }

    private @Nullable Instant named(Instant time) {
        ZoneRules rules = zone.getRules();
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        while (true) {
            LocalDateTime next = expression.next(local);
            if (next == null) {
                return null;
            }
            ZoneOffsetTransition jump = rules.getTransition(next);
            Instant instant = jump != null && jump.isGap()
                    ? jump.getInstant()
                    : next.atZone(zone).toInstant();
            if (instant.isAfter(time)) {
                return instant;
            }
            // The second time of an hour that comes twice.
            local = next;
        }
    }

    private @Nullable Instant passing(Instant time) {
        ZoneRules rules = zone.getRules();
        Instant from = time;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            LocalDateTime next = expression.next(LocalDateTime.ofInstant(from, offset));
            if (next == null) {
                return null;
            }
            Instant instant = next.toInstant(offset);
            ZoneOffsetTransition jump = rules.nextTransition(from);
            if (jump == null || instant.isBefore(jump.getInstant())) {
                return instant;
            }
            // On from the jump, which may itself be one of the times.
            from = jump.getInstant();
            LocalDateTime after = expression.next(jump.getDateTimeAfter().minusNanos(1));
            if (jump.getDateTimeAfter().equals(after)) {
                return from;
            }
        }
    }
}
