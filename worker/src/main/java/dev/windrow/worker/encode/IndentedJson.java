package dev.windrow.worker.encode;

import dev.windrow.worker.encode.row.EncodedBytes;

/** Writes an embedded JSON value with its own spelling of numbers and texts, every value of it on a line of its own. */
final class IndentedJson {
    private static final byte QUOTE = '"';
    private static final byte BACKSLASH = '\\';

    private final EncodedBytes out;
    private final JsonText text;
    private final JsonIndent indent;
    private int depth;

    /** Whether the last token opened an object or an array, of which is not known yet whether it is empty. */
    private boolean opened;

    IndentedJson(EncodedBytes out, JsonText text, JsonIndent indent) {
        this.out = out;
        this.text = text;
        this.indent = indent;
    }

    /**
     * Writes a value.
     *
     * @param level of the value, which stands behind its name already
     */
    void value(String json, int level) {
        depth = level;
        opened = false;
        int next = 0;
        while (next < json.length()) {
            char c = json.charAt(next);
            if (c == QUOTE) {
                beginValue();
                next = string(json, next);
            } else {
                token(c);
                next++;
            }
        }
    }

    private void token(char c) {
        switch (c) {
            case ' ', '\t', '\n', '\r' -> {}
            case '{', '[' -> {
                beginValue();
                out.put((byte) c);
                depth++;
                opened = true;
            }
            case '}', ']' -> {
                depth--;
                if (!opened) {
                    out.put(indent.line(depth));
                }
                opened = false;
                out.put((byte) c);
            }
            case ',' -> {
                out.put((byte) c);
                out.put(indent.line(depth));
            }
            case ':' -> out.put(indent.colon());
            default -> {
                beginValue();
                out.put((byte) c);
            }
        }
    }

    private void beginValue() {
        if (opened) {
            out.put(indent.line(depth));
            opened = false;
        }
    }

    /** Writes a text as it is spelt, and gives the index after its closing quote. */
    private int string(String json, int from) {
        int end = from + 1;
        while (end < json.length() && json.charAt(end) != QUOTE) {
            end += json.charAt(end) == BACKSLASH ? 2 : 1;
        }
        end = Math.min(json.length(), end + 1);
        text.value(json.substring(from, end));
        return end;
    }
}
