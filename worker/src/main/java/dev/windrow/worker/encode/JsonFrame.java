package dev.windrow.worker.encode;

import java.nio.charset.StandardCharsets;

/** What stands around and between a file's JSON objects. Immutable; nobody writes to its arrays. */
final class JsonFrame {
    private static final byte[] NOTHING = {};
    private static final byte[] LINE_END = {'\n'};
    private static final byte[] BETWEEN = {',', '\n'};

    /** One object a line, and no more (NDJSON). */
    static final JsonFrame LINES = new JsonFrame(false, NOTHING, LINE_END, NOTHING);

    /** A bare object, without a line's end. */
    static final JsonFrame OBJECT = new JsonFrame(false, NOTHING, NOTHING, NOTHING);

    /** One array of all objects, one a line. */
    static final JsonFrame ARRAY = new JsonFrame(true, ascii("["), NOTHING, ascii("]\n"));

    private final boolean array;
    private final byte[] opening;
    private final byte[] afterRow;
    private final byte[] end;

    private JsonFrame(boolean array, byte[] opening, byte[] afterRow, byte[] end) {
        this.array = array;
        this.opening = opening;
        this.afterRow = afterRow;
        this.end = end;
    }

    /** One array of all objects as the last field of an object. */
    static JsonFrame arrayWithin(byte[] before) {
        return new JsonFrame(true, before, NOTHING, ascii("]}\n"));
    }

    byte[] opening() {
        return opening;
    }

    byte[] beforeRow(boolean first) {
        return !array ? NOTHING : first ? LINE_END : BETWEEN;
    }

    byte[] afterRow() {
        return afterRow;
    }

    /** What stands between the last row, if there is one, and the end. */
    byte[] afterLastRow() {
        return array ? LINE_END : NOTHING;
    }

    byte[] end() {
        return end;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
