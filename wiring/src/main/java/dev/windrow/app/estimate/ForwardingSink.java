package dev.windrow.app.estimate;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;

/** Gives what it gets to another. Belongs to one thread. */
abstract class ForwardingSink implements RowSink {
    private final RowSink to;

    ForwardingSink(RowSink to) {
        this.to = to;
    }

    @Override
    public void nullValue() {
        to.nullValue();
    }

    @Override
    public void integer(long value) {
        to.integer(value);
    }

    @Override
    public void number(double value) {
        to.number(value);
    }

    @Override
    public void decimal(BigDecimal value) {
        to.decimal(value);
    }

    @Override
    public void bool(boolean value) {
        to.bool(value);
    }

    @Override
    public void text(String value) {
        to.text(value);
    }

    @Override
    public void date(long epochDay) {
        to.date(epochDay);
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        to.timestamp(epochSecond, nano);
    }

    @Override
    public void json(String value) {
        to.json(value);
    }

    @Override
    public void bytes(byte[] value) {
        to.bytes(value);
    }

    @Override
    public void endRow() {
        to.endRow();
    }
}
