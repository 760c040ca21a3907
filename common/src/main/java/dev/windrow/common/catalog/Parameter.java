package dev.windrow.common.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One typed parameter of a dataset. Values here are in their JSON form (String, Long, BigInteger, BigDecimal, Boolean,
 * List).
 *
 * @param kind what its values are
 * @param defaultValue bound when none is given; null for none, which binds SQL null
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
     * @param choices a query that gives values to choose from, and how they are shown; {@code :q} is what is searched
     */
    public record Words(
            @Nullable String title,
            @Nullable String description,
            @Nullable String choices) {
        public static final Words NONE = new Words(null, null, null);
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
