package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.RowSink;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a reader gives, each value as an object that says by which method it came. */
final class RecordedRows implements RowSink {
    record Json(String text) {}

    record Bytes(String hex) {}

    final List<List<@Nullable Object>> rows = new ArrayList<>();
    private List<@Nullable Object> row = new ArrayList<>();

    @Override
    public void nullValue() {
        row.add(null);
    }

    @Override
    public void integer(long value) {
        row.add(value);
    }

    @Override
    public void number(double value) {
        row.add(value);
    }

    @Override
    public void decimal(BigDecimal value) {
        row.add(value);
    }

    @Override
    public void bool(boolean value) {
        row.add(value);
    }

    @Override
    public void text(String value) {
        row.add(value);
    }

    @Override
    public void date(long epochDay) {
        row.add(LocalDate.ofEpochDay(epochDay));
    }

    @Override
    public void timestamp(long epochSecond, int nano) {
        row.add(Instant.ofEpochSecond(epochSecond, nano));
    }

    @Override
    public void json(String value) {
        row.add(new Json(value));
    }

    @Override
    public void bytes(byte[] value) {
        row.add(new Bytes(HexFormat.of().formatHex(value)));
    }

    @Override
    public void endRow() {
        rows.add(row);
        row = new ArrayList<>();
    }
}
