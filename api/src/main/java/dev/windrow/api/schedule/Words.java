package dev.windrow.api.schedule;

import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts moments in the place of the words {@code today}, {@code now} and {@code lastRun}, with so many days or hours
 * added or taken away, in parameters that are dates, timestamps or integers (milliseconds). Belongs to one thread.
 */
final class Words {
    private static final Pattern WORD = Pattern.compile("(today|now|lastRun)(?:([+-])([0-9]{1,4})([dh]))?");

    private final ZonedDateTime due;
    private final @Nullable ZonedDateTime lastRun;
    private @Nullable Instant until;

    /**
     * @param due the time for which the export is
     * @param lastRun up to when the last one has the rows; null where there was none: then parameters that name it are
     *     left out
     */
    Words(Instant due, @Nullable Instant lastRun, ZoneId zone) {
        this.due = due.atZone(zone);
        this.lastRun = lastRun == null ? null : lastRun.atZone(zone);
    }

    /** The parameters with moments in the place of words. */
    Map<String, @Nullable Object> resolve(Dataset dataset, Map<String, @Nullable Object> parameters) {
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>(parameters);
        for (Parameter parameter : dataset.parameters()) {
            if (resolved.get(parameter.name()) instanceof String text) {
                word(parameter, text).ifPresent(word -> put(resolved, parameter.name(), value(parameter.type(), word)));
            } else if (resolved.get(parameter.name()) instanceof List<?> list) {
                resolved.put(parameter.name(), each(parameter, list));
            }
        }
        return resolved;
    }

    /**
     * Up to when the export has the rows, as far as its parameters say: the earliest of {@code today} and {@code now};
     * null where none was named.
     */
    @Nullable Instant until() {
        return until;
    }

    private static void put(Map<String, @Nullable Object> parameters, String name, @Nullable Object value) {
        if (value == null) {
            parameters.remove(name);
        } else {
            parameters.put(name, value);
        }
    }

    private List<@Nullable Object> each(Parameter parameter, List<?> list) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object item : list) {
            Optional<Matcher> word = item instanceof String text ? word(parameter, text) : Optional.empty();
            Object value = word.isPresent() ? value(parameter.type(), word.get()) : item;
            if (value != null || word.isEmpty()) {
                values.add(value);
            }
        }
        return values;
    }

    private static Optional<Matcher> word(Parameter parameter, String text) {
        Matcher word = WORD.matcher(text);
        boolean takes = parameter.type() == ParameterType.DATE
                || parameter.type() == ParameterType.TIMESTAMP
                || parameter.type() == ParameterType.INTEGER;
        return takes && word.matches() ? Optional.of(word) : Optional.empty();
    }

    /** Null for the last run where there was none. */
    private @Nullable Object value(ParameterType type, Matcher word) {
        ZonedDateTime moment = moment(word);
        if (moment == null) {
            return null;
        } else if (type == ParameterType.DATE) {
            return moment.toLocalDate().toString();
        }
        Instant instant = moment.toInstant();
        return type == ParameterType.INTEGER ? (Object) instant.toEpochMilli() : instant.toString();
    }

    private @Nullable ZonedDateTime moment(Matcher word) {
        boolean isLast = word.group(1).equals("lastRun");
        ZonedDateTime base = isLast ? lastRun : due;
        if (base == null) {
            return null;
        } else if (word.group(1).equals("today")) {
            base = base.toLocalDate().atStartOfDay(base.getZone());
        }
        if (word.group(2) != null) {
            long amount = Long.parseLong(word.group(2) + word.group(3));
            // A day is as long as the zone has it that day.
            base = base.plus(amount, Objects.equals(word.group(4), "d") ? ChronoUnit.DAYS : ChronoUnit.HOURS);
        }
        Instant said = base.toInstant();
        if (!isLast && (until == null || said.isBefore(until))) {
            until = said;
        }
        return base;
    }
}
