package dev.windrow.worker.encode;

import java.nio.charset.StandardCharsets;

/** What stands around and between a file's JSON objects. Immutable; nobody writes to its arrays. */
final class JsonFrame {
    private static final byte[] NOTHING = {};
    private static final byte[] LINE_END = {'\n'};

    /** One object a line, and no more (NDJSON). */
    static final JsonFrame LINES = lines(JsonIndent.NONE);

    private final JsonIndent indent;
    private final int depth;
    private final byte[] opening;
    private final byte[] beforeFirst;
    private final byte[] beforeNext;
    private final byte[] afterRow;
    private final byte[] end;

    /** @param depth of the objects: how many levels are around them */
    private JsonFrame(JsonIndent indent, int depth, byte[] opening, byte[] afterRow, String end) {
        this.indent = indent;
        this.depth = depth;
        this.opening = opening;
        this.afterRow = afterRow;
        this.end = end.getBytes(StandardCharsets.US_ASCII);
        beforeFirst = depth == 0 ? NOTHING : indent.isNone() ? LINE_END : indent.line(depth);
        beforeNext = depth == 0 ? NOTHING : afterComma(beforeFirst);
    }

    private static byte[] afterComma(byte[] line) {
        byte[] bytes = new byte[line.length + 1];
        bytes[0] = ',';
        System.arraycopy(line, 0, bytes, 1, line.length);
        return bytes;
    }

    /** Objects one after another, each ended by a line's end. */
    static JsonFrame lines(JsonIndent indent) {
        return new JsonFrame(indent, 0, NOTHING, LINE_END, "");
    }

    /** A bare object, without a line's end. */
    static JsonFrame object(JsonIndent indent) {
        return new JsonFrame(indent, 0, NOTHING, NOTHING, "");
    }

    /** One array of all objects, each beginning a line. */
    static JsonFrame array(JsonIndent indent) {
        return new JsonFrame(indent, 1, new byte[] {'['}, NOTHING, "]\n");
    }

    /** One array of all objects as the last field of an object. */
    static JsonFrame arrayWithin(byte[] before, JsonIndent indent) {
        return new JsonFrame(indent, 2, before, NOTHING, indent.isNone() ? "]}\n" : "]\n}\n");
    }

    JsonIndent indent() {
        return indent;
    }

    /** How many levels are around the objects. */
    int depth() {
        return depth;
    }

    byte[] opening() {
        return opening;
    }

    byte[] beforeRow(boolean first) {
        return first ? beforeFirst : beforeNext;
    }

    byte[] afterRow() {
        return afterRow;
    }

    /** What stands between the last row, if there is one, and the end. */
    byte[] afterLastRow() {
        return depth == 0 ? NOTHING : indent.isNone() ? LINE_END : indent.line(depth - 1);
    }

    byte[] end() {
        return end;
    }
}
