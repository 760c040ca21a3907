package dev.windrow.common.source.jdbc.mask;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of another reader, with masked columns masked. Sources open every reader by {@link #open}, so that no masked
 * value leaves them, whoever reads. Keys and positions are those of the source. Belongs to one thread.
 */
public final class MaskedRows implements RowReader {
    private final RowReader rows;
    private final List<Column> columns;
    private final MaskKey key;

    private MaskedRows(RowReader rows, List<Column> columns, MaskKey key) {
        this.rows = rows;
        this.columns = columns;
        this.key = key;
    }

    /**
     * Opens a reader of a selection.
     *
     * @param source opens one whose columns are all plain
     */
    public static RowReader open(RowSelection selection, Function<RowSelection, RowReader> source, MaskKey key) {
        List<Column> columns = selection.columns();
        if (columns.stream().allMatch(column -> column.masked() == null)) {
            return source.apply(selection);
        }
        List<Column> plain = columns.stream()
                .map(column ->
                        column.masked() == null ? column : column.masked().plain())
                .toList();
        RowSelection read = new RowSelection(selection.source(), selection.file(), plain, selection.parameters());
        return new MaskedRows(source.apply(read), columns, key);
    }

    @Override
    public @Nullable String lastPosition() throws SourceException {
        return rows.lastPosition();
    }

    @Override
    public OptionalLong count(String bound) throws SourceException {
        return rows.count(bound);
    }

    @Override
    public Leg read(@Nullable String after, String bound) throws SourceException {
        return new MaskedLeg(rows.read(after, bound));
    }

    @Override
    public void cancel() {
        rows.cancel();
    }

    @Override
    public void close() {
        rows.close();
    }

    private final class MaskedLeg implements Leg {
        private final Leg leg;
        private @Nullable RowSink target;
        private @Nullable MaskingSink masking;

        MaskedLeg(Leg leg) {
            this.leg = leg;
        }

        @Override
        public boolean next() throws SourceException {
            return leg.next();
        }

        @Override
        public void copyTo(RowSink sink) throws SourceException {
            if (target != sink) {
                target = sink;
                masking = new MaskingSink(sink, columns, key);
            }
            leg.copyTo(Objects.requireNonNull(masking, "masking"));
        }

        @Override
        public int keyHash() {
            return leg.keyHash();
        }

        @Override
        public String position() {
            return leg.position();
        }

        @Override
        public void pause() {
            leg.pause();
        }

        @Override
        public boolean isLast() {
            return leg.isLast();
        }

        @Override
        public void close() {
            leg.close();
        }
    }
}
