package dev.windrow.examples.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * JSON as many recording programs spell it: a space after each comma and colon, characters beyond ASCII as they are,
 * and fractions in their shortest form, the small and the great ones with an exponent.
 */
public final class SpacedJson {
    /** Beyond these, fractions have an exponent. */
    private static final int LEAST_EXPONENT = -4;

    private static final int GREATEST_EXPONENT = 15;

    private SpacedJson() {}

    public static String of(JsonNode node) {
        StringBuilder text = new StringBuilder();
        append(text, node);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode node) {
        if (node.isObject()) {
            String between = "{";
            for (var field : node.properties()) {
                quote(text.append(between), field.getKey());
                append(text.append(": "), field.getValue());
                between = ", ";
            }
            text.append(node.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            String between = "[";
            for (JsonNode item : node) {
                append(text.append(between), item);
                between = ", ";
            }
            text.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isString()) {
            quote(text, node.asString());
        } else {
            text.append(node.isBigDecimal() ? fraction(node.decimalValue()) : node.toString());
        }
    }

    /** A fraction with at least one digit after the point, or an exponent. */
    static String fraction(BigDecimal value) {
        BigDecimal digits = value.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (value.signum() != 0 && (exponent < LEAST_EXPONENT || exponent > GREATEST_EXPONENT)) {
            String mantissa = digits.movePointLeft(exponent).toPlainString();
            return mantissa + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        return digits.scale() < 1 ? digits.setScale(1).toPlainString() : digits.toPlainString();
    }

    /** What a double exactly is, rounded to so many places. */
    public static BigDecimal round(double value, int places) {
        return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN);
    }

    /** A number rounded to so many places, and written as a fraction. */
    public static String rounded(double value, int places) {
        BigDecimal rounded = round(value, places);
        boolean negativeZero = rounded.signum() == 0 && Math.copySign(1, value) < 0;
        return negativeZero ? "-0.0" : fraction(rounded);
    }

    /** A text as a JSON string. */
    public static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2);
        quote(text, value);
        return text.toString();
    }

    private static void quote(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\f' -> text.append("\\f");
                case '\b' -> text.append("\\b");
                default -> {
                    if (c < ' ') {
                        text.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
