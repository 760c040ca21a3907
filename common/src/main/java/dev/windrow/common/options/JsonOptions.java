package dev.windrow.common.options;

/**
 * How JSON is written.
 *
 * @param indent spaces that each level is set off by, every value on a line of its own; 0 (the default) for a row a
 *     line
 */
public record JsonOptions(int indent) {
    /** The widest indent that may be asked for. */
    public static final int MOST_INDENT = 8;

    public static final JsonOptions DEFAULT = new JsonOptions(0);

    public JsonOptions {
        if (indent < 0 || indent > MOST_INDENT) {
            throw new IllegalArgumentException("indent: " + indent);
        }
    }
}
