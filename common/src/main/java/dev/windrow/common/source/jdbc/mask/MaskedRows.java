package dev.windrow.common.source.jdbc.mask;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.source.ChangingLeg;
import dev.windrow.common.source.ForwardingReader;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of another reader, with masked columns masked. Sources open every reader by {@link #open}, so that no masked
 * value leaves them, whoever reads. Keys and positions are those of the source. Belongs to one thread.
 */
public final class MaskedRows extends ForwardingReader {
    private final List<Column> columns;
    private final MaskKey key;

    private MaskedRows(RowReader rows, List<Column> columns, MaskKey key) {
        super(rows);
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
    public Leg read(@Nullable String after, String bound) throws SourceException {
        return new MaskedLeg(super.read(after, bound));
    }

    private final class MaskedLeg extends ChangingLeg<MaskingSink> {
        MaskedLeg(Leg leg) {
            super(leg);
        }

        @Override
        protected MaskingSink before(RowSink sink) {
            return new MaskingSink(sink, columns, key);
        }
    }
}
