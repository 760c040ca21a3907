package dev.windrow.api.request;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as requests have them: ISO 8601 without months and years, whose length is not always the same. */
public final class Durations {
    /** Java's own know none. */
    private static final Pattern WEEKS = Pattern.compile("(?i)P([0-9]{1,6})W");

    private Durations() {}

    /** Reads one; empty for what is none. */
    public static Optional<Duration> parse(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        Matcher weeks = WEEKS.matcher(text);
        try {
            return Optional.of(
                    weeks.matches() ? Duration.ofDays(7L * Integer.parseInt(weeks.group(1))) : Duration.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
