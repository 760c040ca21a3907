package dev.windrow.worker.expand;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * One value within a JSON column. Numbers keep their spelling, so that no digit is lost.
 *
 * @param text a string's characters, a number's spelling, else JSON
 */
record JsonValue(Kind kind, String text) {
    /** Any integer of so many characters fits a long. */
    private static final int SHORT_INTEGER = 18;

    /** Beyond these, an integer is handed on as it is spelt: to take it apart costs by the square of its length. */
    private static final int LONG_INTEGER = 1_000;

    private enum Kind {
        NULL,
        BOOLEAN,
        INTEGER,
        FRACTION,
        NOT_FINITE,
        STRING,
        NESTED
    }

    /** Takes the value that the parser is at, and leaves it at the value's last token. */
    static JsonValue of(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_NULL -> new JsonValue(Kind.NULL, "null");
            case VALUE_TRUE, VALUE_FALSE -> new JsonValue(Kind.BOOLEAN, parser.getString());
            case VALUE_STRING -> new JsonValue(Kind.STRING, parser.getString());
            case VALUE_NUMBER_INT -> new JsonValue(Kind.INTEGER, parser.getString());
            case VALUE_NUMBER_FLOAT ->
                isFinite(parser.getString())
                        ? new JsonValue(Kind.FRACTION, parser.getString())
                        : new JsonValue(Kind.NOT_FINITE, Double.toString(parser.getDoubleValue()));
            default -> new JsonValue(Kind.NESTED, nested(parser));
        };
    }

    /** Digits end what is finite; NaN and the infinities end in a letter. */
    private static boolean isFinite(String number) {
        return !Character.isLetter(number.charAt(number.length() - 1));
    }

    private static String nested(JsonParser parser) {
        StringBuilder json = new StringBuilder();
        int depth = 0;
        boolean first = true;
        do {
            JsonToken token = parser.currentToken();
            if (!first && !token.isStructEnd()) {
                json.append(',');
            }
            if (token == JsonToken.PROPERTY_NAME) {
                json.append(quoted(parser.currentName())).append(':');
                token = parser.nextToken();
            }
            if (token.isStructStart()) {
                depth++;
                json.append(token == JsonToken.START_OBJECT ? '{' : '[');
            } else if (token.isStructEnd()) {
                depth--;
                json.append(token == JsonToken.END_OBJECT ? '}' : ']');
            } else {
                json.append(of(parser).json());
            }
            first = token.isStructStart();
        } while (depth > 0 && parser.nextToken() != null);
        return json.toString();
    }

    /** The value as JSON; what is not finite as a string. */
    String json() {
        return kind == Kind.STRING || kind == Kind.NOT_FINITE ? quoted(text) : text;
    }

    void copyTo(RowSink sink) {
        switch (kind) {
            case NULL -> sink.nullValue();
            case BOOLEAN -> sink.bool(text.equals("true"));
            case STRING -> sink.text(text);
            case NOT_FINITE -> sink.number(Double.parseDouble(text));
            case FRACTION, NESTED -> sink.json(text);
            case INTEGER -> copyInteger(sink);
        }
    }

    private void copyInteger(RowSink sink) {
        if (text.equals("-0") || text.length() > LONG_INTEGER) {
            sink.json(text);
        } else if (text.length() <= SHORT_INTEGER) {
            sink.integer(Long.parseLong(text));
        } else {
            sink.decimal(new BigDecimal(text));
        }
    }

    /** A text as a JSON string. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"').toString();
    }
}
