package dev.windrow.api.start;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.util.RawValue;

/**
 * Keeps a few rows as JSON has them, and counts what they would take as lines of text. What is longer than a person
 * looks at is cut, with an ellipsis at its end: a row may have a text as large as the heap. Belongs to one thread.
 */
final class PreviewRows implements RowSink {
    /** Characters of a value; a multiple of four, as Base64 writes three bytes. */
    static final int LONGEST = 10_000;

    private static final String CUT = "…";

    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private List<@Nullable Object> row = new ArrayList<>();
    private long bytes;

    List<List<@Nullable Object>> rows() {
        return rows;
    }

    /** Of all rows, with a separator after each value. */
    long bytes() {
        return bytes;
    }

    @Override
    public void nullValue() {
        add(null, "");
    }

    @Override
    public void integer(long value) {
        add(value, Long.toString(value));
    }

    /** The shortest text that reads back the same, on every JDK. */
    @Override
    public void number(double value) {
        String text = NumberOutput.toString(value, true);
        add(Double.isFinite(value) ? new RawValue(text) : text, text);
    }

    @Override
    public void decimal(BigDecimal value) {
        add(value, value.toString());
    }

    @Override
    public void bool(boolean value) {
        add(value, Boolean.toString(value));
    }

    @Override
    public void text(String value) {
        String shown = encodable(value);
        add(shown, shown);
    }

    @Override
    public void date(long epochDay) {
        text(LocalDate.ofEpochDay(epochDay).toString());
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        text(Instant.ofEpochSecond(epochSecond, nano).toString());
    }

    @Override
    public void json(String value) {
        String shown = encodable(value);
        add(value.length() > LONGEST ? shown : new RawValue(shown), shown);
    }

    @Override
    public void bytes(byte[] value) {
        int most = LONGEST / 4 * 3;
        byte[] shown = value.length > most ? Arrays.copyOf(value, most) : value;
        String text = Base64.getEncoder().encodeToString(shown) + (value.length > most ? CUT : "");
        add(text, text);
    }

    @Override
    public void endRow() {
        rows.add(row);
        row = new ArrayList<>();
    }

    /** An answer is UTF-8, which has no form for half a surrogate pair. */
    private static String encodable(String whole) {
        String text = whole;
        if (whole.length() > LONGEST) {
            int end = Character.isHighSurrogate(whole.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            text = whole.substring(0, end) + CUT;
        }
        int[] points = text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .toArray();
        return new String(points, 0, points.length);
    }

    private void add(@Nullable Object value, String text) {
        row.add(value);
        bytes += text.getBytes(StandardCharsets.UTF_8).length + 1L;
    }
}
