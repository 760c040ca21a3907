package dev.windrow.api;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * Twelve rows of a file, with every kind of value in the columns that are not named {@code timestamp_ms} or {@code id}.
 */
final class TwelveRows implements RowReader {
    private final RowSelection selection;
    private final SourceException.Kind failure;
    private final boolean countsForEver;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    TwelveRows(RowSelection selection, SourceException.Kind failure, boolean countsForEver) {
        this.selection = selection;
        this.failure = failure;
        this.countsForEver = countsForEver;
    }

    @Override
    public String lastPosition() throws SourceException {
        if (failure != null) {
            throw new SourceException(failure, "the source says no");
        }
        return "12";
    }

    @Override
    public OptionalLong count(String bound) {
        if (!countsForEver) {
            return OptionalLong.of(12);
        }
        try {
            cancelled.await();
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Leg read(String after, String bound) {
        return new Rows(after == null ? 0 : Integer.parseInt(after));
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    @Override
    public void close() {}

    /** Ends after a few rows, as legs do by time. */
    private final class Rows implements Leg {
        private final int end;
        private int row;
        private boolean ended;

        Rows(int after) {
            row = after;
            end = Math.min(12, after + 5);
        }

        @Override
        public boolean next() {
            ended = row == end;
            row = Math.min(row + 1, end);
            return !ended;
        }

        @Override
        public void copyTo(RowSink sink) {
            for (Column column : selection.columns()) {
                switch (column.name()) {
                    case "value" -> value(sink);
                    case "quality" -> sink.nullValue();
                    default -> sink.integer(row);
                }
            }
            sink.endRow();
        }

        private void value(RowSink sink) {
            switch (row) {
                case 1 -> sink.number(0.1);
                case 2 -> sink.number(Double.NaN);
                case 3 -> sink.decimal(new java.math.BigDecimal("12.50"));
                case 4 -> sink.bool(true);
                case 5 -> sink.text("a \"b\"");
                case 6 -> sink.date(0);
                case 7 -> sink.timestamp(0, 250_000_000);
                case 8 -> sink.json("{\"a\":[1]}");
                case 9 -> sink.bytes(new byte[] {1, 2});
                default -> sink.integer(Long.MAX_VALUE);
            }
        }

        @Override
        public int keyHash() {
            return row;
        }

        @Override
        public void pause() {}

        @Override
        public String position() {
            return String.valueOf(row);
        }

        @Override
        public boolean isLast() {
            return ended && end == 12;
        }

        @Override
        public void close() {}
    }
}
