package dev.windrow.worker.encode;

import dev.windrow.common.catalog.Column;
import dev.windrow.worker.encode.row.Alterations;
import dev.windrow.worker.encode.row.Base64Text;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.NumberText;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import dev.windrow.worker.encode.row.RowShape;
import dev.windrow.worker.encode.row.TimeText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Rows as JSON objects (RFC 8259) in UTF-8, each beginning a line, framed and set off as a {@link JsonFrame} says.
 *
 * <ul>
 *   <li>A row has every column, in order; null is {@code null}.
 *   <li>Integers are numbers whatever their size. Doubles are the shortest text that reads back the same, decimals have
 *       all their digits; what is not finite is a string ({@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}).
 *   <li>Days and instants are strings in ISO 8601, bytes are strings in base64.
 *   <li>A JSON column's value is embedded with its numbers' and strings' own spelling, only the white space between its
 *       tokens is the frame's.
 *   <li>Unpaired surrogates become U+FFFD; those that a JSON column's value spells as an escape stay.
 * </ul>
 */
final class JsonEncoder implements RowEncoder {
    private static final byte QUOTE = '"';

    /** What stands before each value: its name and what parts it from the value before. */
    private final byte[][] names;

    private final JsonFrame frame;
    private final EncodedBytes out;
    private final Alterations alterations;
    private final JsonText text;
    private final IndentedJson indented;
    private final byte[] rowEnd;
    private final long replacedInNames;
    private final RowShape shape;

    JsonEncoder(List<Column> columns, JsonFrame frame, EncodedBytes out, Resume resume) {
        this.frame = frame;
        this.out = out;
        alterations = new Alterations(resume);
        text = new JsonText(out, alterations);
        indented = new IndentedJson(out, text, frame.indent());
        rowEnd = rowEnd(frame);
        names = new byte[columns.size()][];
        Alterations inNames = new Alterations(Resume.NONE);
        for (int i = 0; i < names.length; i++) {
            names[i] = opening(i == 0 ? '{' : ',', columns.get(i).name(), frame, inNames);
        }
        replacedInNames = inNames.replaced();
        shape = new RowShape(columns, resume);
    }

    private static byte[] rowEnd(JsonFrame frame) {
        EncodedBytes bytes = new EncodedBytes();
        bytes.put(frame.indent().line(frame.depth()));
        bytes.put((byte) '}');
        return Arrays.copyOf(bytes.array(), bytes.length());
    }

    private static byte[] opening(char before, String name, JsonFrame frame, Alterations alterations) {
        EncodedBytes bytes = new EncodedBytes();
        bytes.put((byte) before);
        bytes.put(frame.indent().line(frame.depth() + 1));
        new JsonText(bytes, alterations).string(name);
        bytes.put(frame.indent().colon());
        return Arrays.copyOf(bytes.array(), bytes.length());
    }

    @Override
    public void begin() {
        shape.begin();
        alterations.addReplaced(replacedInNames);
        out.put(frame.opening());
    }

    @Override
    public void nullValue() {
        ascii("null");
    }

    @Override
    public void integer(long value) {
        int start = nextCell(NumberText.LONGEST_LONG);
        out.end(NumberText.write(value, out.array(), start));
    }

    @Override
    public void number(double value) {
        int start = nextCell(NumberText.LONGEST_DOUBLE + 2);
        if (Double.isFinite(value)) {
            out.end(NumberText.write(value, out.array(), start));
        } else {
            out.array()[start] = QUOTE;
            out.end(NumberText.write(value, out.array(), start + 1));
            out.put(QUOTE);
        }
    }

    @Override
    public void decimal(BigDecimal value) {
        ascii(NumberText.of(value));
    }

    @Override
    public void bool(boolean value) {
        ascii(value ? "true" : "false");
    }

    @Override
    public void text(String value) {
        nextCell(0);
        text.string(value);
    }

    @Override
    public void date(long epochDay) {
        int start = nextCell(TimeText.LONGEST_DATE + 2);
        out.array()[start] = QUOTE;
        out.end(TimeText.writeDate(epochDay, out.array(), start + 1));
        out.put(QUOTE);
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        int start = nextCell(TimeText.LONGEST_TIMESTAMP + 2);
        out.array()[start] = QUOTE;
        out.end(TimeText.writeTimestamp(epochSecond, nano, out.array(), start + 1));
        out.put(QUOTE);
    }

    @Override
    public void json(String value) {
        nextCell(0);
        if (frame.indent().isNone()) {
            text.value(value);
        } else {
            indented.value(value, frame.depth() + 1);
        }
    }

    @Override
    public void bytes(byte[] value) {
        nextCell(1);
        out.put(QUOTE);
        Base64Text.write(value, out);
        out.put(QUOTE);
    }

    @Override
    public void endRow() {
        shape.endRow();
        out.put(rowEnd);
        out.put(frame.afterRow());
    }

    @Override
    public void end() {
        shape.end();
        if (shape.rows() > 0) {
            out.put(frame.afterLastRow());
        }
        out.put(frame.end());
    }

    @Override
    public Map<String, Long> counts() {
        return alterations.counts();
    }

    /** Begins a value with room for that many bytes, and gives the index where they begin. */
    private int nextCell(int room) {
        int value = shape.nextValue();
        if (value == 0) {
            out.put(frame.beforeRow(shape.rows() == 0));
        }
        out.put(names[value]);
        out.reserve(room);
        return out.length();
    }

    private void ascii(String value) {
        int start = nextCell(value.length());
        out.end(NumberText.ascii(value, out.array(), start));
    }
}
