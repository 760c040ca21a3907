package dev.windrow.common.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One typed parameter of a dataset. Values here are in their JSON form (String, Long, BigInteger, BigDecimal, Boolean,
 * List).
 *
 * @param kind what its values are
 * @param defaultValue bound when none is given, a {@link Moment} once it is one in time; null for none, which binds SQL
 *     null
 * @param words what people are told of it
 * @param limits which values it takes
 */
public record Parameter(
        String name, Kind kind, boolean required, @Nullable Object defaultValue, Words words, Limits limits) {
    /** The most values of a list parameter. */
    public static final int MAX_LIST = 1000;

    /** How a timestamp is bound. */
    public enum TimestampBinding {
        /** Milliseconds since 1970-01-01T00:00:00Z, rounded down; the catalog's default. */
        MILLIS,
        /**
         * ISO 8601 in UTC whatever offset was given, with no, 3, 6 or 9 digits of a second:
         * {@code 2026-01-31T11:00:00.500Z}.
         */
        TEXT;

        /** The word in the catalog. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What its values are.
     *
     * @param list true for {@code in (:name)}: an array of 1 to 1,000 values
     * @param bind how a timestamp reaches SQL; null for every other type
     */
    public record Kind(
            ParameterType type, boolean list, @Nullable TimestampBinding bind) {
        public Kind {
            Objects.requireNonNull(type, "type");
        }
    }

    /**
     * What people are told of it; null for nothing.
     *
     * @param example a value that it may have, in its JSON form; a list for a list parameter
     * @param choices a query that gives values to choose from, and how they are shown; {@code :q} is what is searched
     */
    public record Words(
            @Nullable String title,
            @Nullable String description,
            @Nullable Object example,
            @Nullable String choices) {
        public static final Words NONE = new Words(null, null, null, null);
    }

    /**
     * Which values it takes; null for no limit.
     *
     * @param minLength in characters, as {@code maxLength}
     * @param allowed the {@code enum}; empty for no limit
     */
    public record Limits(
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable Pattern pattern,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum,
            List<Object> allowed) {
        public static final Limits NONE = new Limits(null, null, null, null, null, List.of());

        public Limits {
            allowed = List.copyOf(allowed);
        }
    }

    /**
     * A default that moves with the clock: {@code today} (midnight), {@code now}, with so many days or hours more or
     * less.
     *
     * @param word as the catalog has it
     */
    public record Moment(String word) {
        /** The zone in which days begin. */
        public static final ZoneOffset ZONE = ZoneOffset.UTC;

        private static final Pattern WORD = Pattern.compile("(today|now)(?:([+-][0-9]{1,4})([dh]))?");

        /** The moment of that word; empty for what is none. */
        public static Optional<Moment> of(String word) {
            return WORD.matcher(word).matches() ? Optional.of(new Moment(word)) : Optional.empty();
        }

        /** What it is at a time, as a start would give it: a date, or RFC 3339 in UTC. */
        public String at(Instant now, ParameterType type) {
            Matcher parts = WORD.matcher(word);
            if (!parts.matches()) {
                throw new IllegalArgumentException("no moment: " + word);
            }
            ZonedDateTime moment = now.atZone(ZONE);
            if (Objects.equals(parts.group(1), "today")) {
                moment = moment.truncatedTo(ChronoUnit.DAYS);
            }
            if (parts.group(2) != null) {
                ChronoUnit unit = Objects.equals(parts.group(3), "d") ? ChronoUnit.DAYS : ChronoUnit.HOURS;
                moment = moment.plus(Long.parseLong(parts.group(2)), unit);
            }
            return type == ParameterType.DATE
                    ? moment.toLocalDate().toString()
                    : moment.toInstant().toString();
        }
    }

    /**
     * A value that people may choose.
     *
     * @param value as a start gives it, in its JSON form
     * @param title how people know it
     */
    public record Choice(Object value, String title) {}

    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(limits, "limits");
    }

    public ParameterType type() {
        return kind.type;
    }

    public boolean list() {
        return kind.list;
    }

    public @Nullable TimestampBinding bind() {
        return kind.bind;
    }

    public @Nullable String title() {
        return words.title;
    }

    public @Nullable String description() {
        return words.description;
    }

    public @Nullable Object example() {
        return words.example;
    }

    public @Nullable String choices() {
        return words.choices;
    }

    /** The same for one value of the list. */
    public Parameter single() {
        return new Parameter(name, new Kind(kind.type, false, kind.bind), required, null, words, limits);
    }

    public @Nullable Integer minLength() {
        return limits.minLength;
    }

    public @Nullable Integer maxLength() {
        return limits.maxLength;
    }

    public @Nullable Pattern pattern() {
        return limits.pattern;
    }

    public @Nullable BigDecimal minimum() {
        return limits.minimum;
    }

    public @Nullable BigDecimal maximum() {
        return limits.maximum;
    }

    public List<Object> allowed() {
        return limits.allowed;
    }
}
