package dev.windrow.worker.expand;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of a file, kept with their JSON already parsed, so that the names of its fields are known before the
 * first row is written and yet nothing is parsed twice. Belongs to one thread.
 */
final class RecordedRows {
    /** Rows are kept until their JSON has so many characters, so that huge ones don't fill the memory. */
    private static final long MOST_CHARS = 4 << 20;

    /** The same of the values beside it. */
    private static final long MOST_BESIDE = 8 << 20;

    /** The most fields that become columns. */
    private static final int MOST_FIELDS = 10_000;

    /**
     * One row.
     *
     * @param values what replays them, one for each value and the row's end
     */
    record Row(List<Consumer<JsonColumn>> values, String position, int keyHash) {}

    private final Deque<Row> rows = new ArrayDeque<>();
    private final Set<String> fields = new LinkedHashSet<>();
    private long chars;
    private long beside;
    private int count;

    /**
     * Takes rows from a leg, until these are enough or the leg ends; which rows are enough depends on the rows alone,
     * and not on the legs in which they come.
     *
     * @param column the index of the JSON column
     * @param most rows to take in all
     * @return whether these are enough
     */
    boolean take(RowReader.Leg leg, int column, Function<String, JsonObject> parser, int most) throws SourceException {
        while (chars < MOST_CHARS && beside < MOST_BESIDE && count < most) {
            if (!leg.next()) {
                return leg.isLast();
            }
            Recorder recorder = new Recorder();
            leg.copyTo(new JsonColumn(recorder, column, parser) {
                @Override
                void parsed(JsonObject object) {
                    learn(object);
                    recorder.values.add(target -> target.object(object));
                }
            });
            count++;
            rows.add(new Row(List.copyOf(recorder.values), leg.position(), leg.keyHash()));
        }
        return true;
    }

    /** The position of the last row that was taken; null before the first. */
    @Nullable String position() {
        Row last = rows.peekLast();
        return last == null ? null : last.position;
    }

    private void learn(JsonObject object) {
        for (JsonObject.Field field : object.fields()) {
            chars += field.name().length() + field.value().text().length();
            if (fields.size() < MOST_FIELDS) {
                fields.add(field.name());
            }
        }
        chars += object.other() == null ? 0 : object.other().length();
    }

    /** The names of all fields of the rows, in the order seen. */
    List<String> fields() {
        return List.copyOf(fields);
    }

    /** Takes the next row out; null after the last. */
    @Nullable Row next() {
        return rows.poll();
    }

    /** Remembers the values of one row. */
    private final class Recorder implements RowSink {
        private final List<Consumer<JsonColumn>> values = new ArrayList<>();

        @Override
        public void nullValue() {
            values.add(RowSink::nullValue);
        }

        @Override
        public void integer(long value) {
            values.add(target -> target.integer(value));
        }

        @Override
        public void number(double value) {
            values.add(target -> target.number(value));
        }

        @Override
        public void decimal(BigDecimal value) {
            values.add(target -> target.decimal(value));
        }

        @Override
        public void bool(boolean value) {
            values.add(target -> target.bool(value));
        }

        @Override
        public void text(String value) {
            beside += value.length();
            values.add(target -> target.text(value));
        }

        @Override
        public void date(long epochDay) {
            values.add(target -> target.date(epochDay));
        }

        @Override
        public void timestamp(long epochSecond, int nano) {
            values.add(target -> target.timestamp(epochSecond, nano));
        }

        @Override
        public void json(String value) {
            beside += value.length();
            values.add(target -> target.json(value));
        }

        @Override
        public void bytes(byte[] value) {
            byte[] own = value.clone();
            beside += own.length;
            values.add(target -> target.bytes(own));
        }

        @Override
        public void endRow() {
            values.add(JsonColumn::endRow);
        }
    }
}
