package dev.windrow.common.source.jdbc.value;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.core.json.JsonFactory;

/** From one type of value to another, strictly: empty where the value is not exactly one of the other type. */
public final class Conversions {
    /** What a driver gives for bytes that are no UTF-8. */
    public static final char REPLACEMENT = '\uFFFD';

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,1000}");
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?([0-9]{1,1000}(\\.[0-9]{0,1000})?|\\.[0-9]{1,1000})([eE][+-]?[0-9]{1,3})?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern WITH_OFFSET = Pattern.compile(".*(?:[zZ]|[+-][0-9]{2}:[0-9]{2})");
    private static final int DATE_LENGTH = 10;
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final JsonFactory JSON = new JsonFactory();

    private Conversions() {}

    static boolean isLong(BigDecimal value) {
        return value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0;
    }

    static Optional<BigDecimal> toInteger(String text) {
        return INTEGER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** Bounded in its exponent, since a number may be written out: {@code 1e999999999} is no number here. */
    static Optional<BigDecimal> toDecimal(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    static boolean isNotFinite(String text) {
        return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
    }

    static Optional<Boolean> toBoolean(long value) {
        return value == 0 || value == 1 ? Optional.of(value == 1) : Optional.empty();
    }

    static Optional<Boolean> toBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true" -> Optional.of(true);
            case "0", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Optional<LocalDate> toDate(String text) {
        if (!DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> Moments.holdsDay(day.toEpochDay()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * ISO 8601, with a blank for the T too, as SQLite's own functions write it; UTC where no offset is given, midnight
     * where no time is.
     */
    static Optional<Instant> toInstant(String text) {
        if (text.length() == DATE_LENGTH) {
            return toDate(text).map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        String iso = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                : text;
        try {
            Instant instant = WITH_OFFSET.matcher(iso).matches()
                    ? OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                            .toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return Optional.of(instant).filter(moment -> Moments.holds(moment.getEpochSecond()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The shortest text that reads back the same, on every JDK (before 19, Double.toString is not always that). */
    static String shortest(double value) {
        return NumberOutput.toString(value, true);
    }

    /** The same of a float, whose shortest text is shorter than its double's. */
    static double ofFloat(float value) {
        return Double.parseDouble(NumberOutput.toString(value, true));
    }

    /** Empty for text with an unpaired surrogate, which has no UTF-8. */
    static Optional<byte[]> toUtf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return Optional.of(bytes);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static Optional<String> ofUtf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /**
     * As text with half a surrogate pair for what is no UTF-8, which no valid text holds: so whoever writes it can
     * tell.
     */
    public static String ofBrokenUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .replaceWith("\uDC80")
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("malformed input is replaced", e);
        }
    }

    /**
     * A JSON value without the white space between its tokens, which says nothing and which each database has in its
     * own way.
     */
    static String withoutSpace(String json) {
        StringBuilder kept = new StringBuilder(0);
        boolean inString = false;
        int from = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                inString = !inString;
            } else if (inString && c == '\\') {
                i++;
            } else if (!inString && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
                kept.append(json, from, i);
                from = i + 1;
            }
        }
        return from == 0 ? json : kept.append(json, from, json.length()).toString();
    }

    /** Whether the text is exactly one JSON value (RFC 8259), nested no deeper than the parser's limit of 500. */
    static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
