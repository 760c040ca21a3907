package dev.windrow.api.request;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON text (RFC 8259) and nothing else: no field twice, nothing after the value, no NaN, no comments, no
 * deep nests. Gives Map, List, String, Boolean, null, and numbers as they were written: Long, BigInteger, BigDecimal.
 */
public final class StrictJson {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 1000;
    private static final int LONG_DIGITS = 18;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private StrictJson() {}

    /** The value of the text. What is no JSON ends the request, with the place where it stops being JSON. */
    public static @Nullable Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw malformed("The body is empty.");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw malformed("The body goes on after its JSON value" + at(parser.currentTokenLocation()) + ".");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw malformed("The body is nested deeper than " + DEEPEST + " levels, or has a number of more than "
                    + LONGEST_NUMBER + " characters" + at(e.getLocation()) + ".");
        } catch (JacksonException e) {
            throw malformed("The body is not valid JSON, or has a field twice" + at(e.getLocation()) + ".");
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer(parser.getString());
            case VALUE_NUMBER_FLOAT -> decimal(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw malformed("The body is not valid JSON.");
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }

    private static Object integer(String text) {
        return text.length() <= LONG_DIGITS ? (Object) Long.valueOf(text) : new BigInteger(text);
    }

    /**
     * An exponent that no BigDecimal holds makes an infinity or a zero, which is what such a number means to anybody.
     */
    private static Object decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return Double.valueOf(text);
        }
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
}
