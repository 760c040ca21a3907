package dev.windrow.common.catalog.yaml.tree;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What plain words mean, by the JSON-like rules of YAML 1.2 (core schema) and not by those of 1.1, which SnakeYAML has:
 * there {@code no} is a boolean, {@code 2026-01-31} a time and {@code 010} eight. Here they are the texts that they
 * look like.
 */
public final class Scalars {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,99})");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][-+]?[0-9]{1,3})?");

    private Scalars() {}

    /** The node's text as it is written; null for a null, and for what is no scalar. */
    public static @Nullable String text(Node node) {
        return node instanceof ScalarNode scalar && !isNull(node) ? scalar.getValue() : null;
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && List.of("", "~", "null").contains(scalar.getValue());
    }

    /**
     * The node's value in its JSON form: String, Long, BigInteger, BigDecimal, Boolean, null, or a list of these; an
     * empty map for any mapping.
     */
    public static @Nullable Object json(Node node) {
        if (node instanceof SequenceNode sequence) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                values.add(item instanceof ScalarNode scalar ? scalar(scalar) : Map.of());
            }
            return values;
        }
        return node instanceof ScalarNode scalar ? scalar(scalar) : Map.of();
    }

    private static @Nullable Object scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return text;
        } else if (isNull(scalar)) {
            return null;
        } else if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        } else if (INTEGER.matcher(text).matches()) {
            BigInteger whole = new BigInteger(text);
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValueExact() : whole;
        }
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : text;
    }

    /** The first line of the node, from 1. */
    public static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
