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
 * @param defaultValue bound when none is given; null for none, which binds SQL null
 * @param list true for {@code in (:name)}: an array of 1 to 1,000 values
 * @param bind how a timestamp reaches SQL; null for every other type
 * @param allowed the {@code enum}; empty for no limit
 */
public record Parameter(
        String name,
        ParameterType type,
        boolean required,
        @Nullable Object defaultValue,
        @Nullable String title,
        @Nullable String description,
        @Nullable Integer minLength,
        @Nullable Integer maxLength,
        @Nullable Pattern pattern,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum,
        List<Object> allowed,
        boolean list,
        @Nullable TimestampBinding bind) {
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

    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        allowed = List.copyOf(allowed);
    }
}
