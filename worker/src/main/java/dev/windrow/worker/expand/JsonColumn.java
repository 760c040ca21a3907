package dev.windrow.worker.expand;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import tools.jackson.core.io.NumberOutput;

/** Hands rows on, but for one column, whose values it parses. Belongs to one thread. */
abstract class JsonColumn implements RowSink {
    private final RowSink target;
    private final int column;
    private final Function<String, JsonObject> parser;
    private int cell;

    /** @param column the index of the column that is not handed on */
    JsonColumn(RowSink target, int column, Function<String, JsonObject> parser) {
        this.target = target;
        this.column = column;
        this.parser = parser;
    }

    /** Takes the column's value of the current row. */
    abstract void parsed(JsonObject object);

    /** Takes the column's value, already parsed. */
    final void object(JsonObject object) {
        cell++;
        parsed(object);
    }

    @Override
    public void endRow() {
        cell = 0;
        target.endRow();
    }

    @Override
    public final void nullValue() {
        if (cell == column) {
            object(JsonObject.NONE);
        } else {
            cell++;
            target.nullValue();
        }
    }

    @Override
    public final void text(String value) {
        if (cell == column) {
            object(parser.apply(value));
        } else {
            cell++;
            target.text(value);
        }
    }

    @Override
    public final void json(String value) {
        if (cell == column) {
            object(parser.apply(value));
        } else {
            cell++;
            target.json(value);
        }
    }

    @Override
    public final void integer(long value) {
        if (cell == column) {
            object(JsonObject.ofOther(Long.toString(value)));
        } else {
            cell++;
            target.integer(value);
        }
    }

    @Override
    public final void number(double value) {
        if (cell == column) {
            // Double.toString gives other digits on a JDK before 19.
            object(parser.apply(NumberOutput.toString(value, true)));
        } else {
            cell++;
            target.number(value);
        }
    }

    @Override
    public final void decimal(BigDecimal value) {
        if (cell == column) {
            object(JsonObject.ofOther(value.toString()));
        } else {
            cell++;
            target.decimal(value);
        }
    }

    @Override
    public final void bool(boolean value) {
        if (cell == column) {
            object(JsonObject.ofOther(Boolean.toString(value)));
        } else {
            cell++;
            target.bool(value);
        }
    }

    @Override
    public final void date(long epochDay) {
        requireOther();
        target.date(epochDay);
    }

    @Override
    public final void timestamp(long epochSecond, int nano) {
        requireOther();
        target.timestamp(epochSecond, nano);
    }

    @Override
    public final void bytes(byte[] value) {
        if (cell == column) {
            object(parser.apply(textOf(value)));
        } else {
            cell++;
            target.bytes(value);
        }
    }

    private void requireOther() {
        if (cell++ == column) {
            throw new IllegalStateException("a time in a column of JSON");
        }
    }

    /** JSON kept as a BLOB is text as well. */
    private static String textOf(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        boolean whole = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), value);
        return whole ? text : Base64.getEncoder().encodeToString(value);
    }
}
