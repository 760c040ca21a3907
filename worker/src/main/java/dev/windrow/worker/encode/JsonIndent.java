package dev.windrow.worker.encode;

import java.util.Arrays;

/** The white space that sets JSON's values off by their level: none at all, or that many spaces a level. Immutable. */
final class JsonIndent {
    static final JsonIndent NONE = new JsonIndent(0);

    /** Deeper levels are set off no further: text that is nested on purpose must not multiply a file by its depth. */
    private static final int DEEPEST = 64;

    private static final byte[] NOTHING = {};
    private static final byte[] COLON = {':'};
    private static final byte[] COLON_AND_SPACE = {':', ' '};

    private final byte[][] lines;

    private JsonIndent(int width) {
        lines = new byte[width == 0 ? 0 : DEEPEST + 1][];
        for (int depth = 0; depth < lines.length; depth++) {
            lines[depth] = new byte[1 + depth * width];
            Arrays.fill(lines[depth], (byte) ' ');
            lines[depth][0] = '\n';
        }
    }

    static JsonIndent of(int width) {
        return width == 0 ? NONE : new JsonIndent(width);
    }

    boolean isNone() {
        return lines.length == 0;
    }

    /** What stands before a value or a closing bracket of that level. */
    byte[] line(int depth) {
        return isNone() ? NOTHING : lines[Math.min(depth, DEEPEST)];
    }

    byte[] colon() {
        return isNone() ? COLON : COLON_AND_SPACE;
    }
}
