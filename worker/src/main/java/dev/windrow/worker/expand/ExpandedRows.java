package dev.windrow.worker.expand;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.FileForm.Expansion;
import dev.windrow.common.source.ChangingLeg;
import dev.windrow.common.source.ForwardingReader;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSink;
import dev.windrow.common.source.SourceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file with the fields of a JSON column in its place, and a last column for what fits none. Each value is
 * parsed once. Which fields have a column is said by the catalog, or learnt from the first rows. Belongs to one thread.
 */
public final class ExpandedRows extends ForwardingReader {
    private final int column;
    private final Function<String, JsonObject> parser;
    private final int learningRows;
    private final Set<String> taken = new HashSet<>();
    private @Nullable List<String> fields;
    private @Nullable Expanded first;

    /**
     * @param rows closed with this
     * @param columns those that {@code rows} gives; the expansion's is one of them
     * @param learnt the fields that an earlier run has learnt; null when there was none
     */
    public ExpandedRows(RowReader rows, List<Column> columns, Expansion expansion, @Nullable List<String> learnt) {
        this(rows, columns, expansion, learnt, JsonObject::parse);
    }

    /** With another parser, for those who count its work. */
    ExpandedRows(
            RowReader rows,
            List<Column> columns,
            Expansion expansion,
            @Nullable List<String> learnt,
            Function<String, JsonObject> parser) {
        super(rows);
        this.parser = parser;
        this.learningRows = expansion.rows();
        this.column = columns.stream().map(Column::name).toList().indexOf(expansion.column());
        if (column < 0) {
            throw new IllegalArgumentException("column: " + expansion.column());
        }
        columns.stream().map(Column::name).forEach(taken::add);
        taken.remove(expansion.column());
        taken.add(Expansion.REST);
        List<String> said = expansion.fields().isEmpty() ? learnt : expansion.fields();
        this.fields = said == null ? null : List.copyOf(said);
    }

    /**
     * Learns the fields from the first rows, or from as many of them as fit into memory, unless they are known.
     *
     * @param bound the position of the export's last row; null when it has none
     * @return the fields that have a column, for later runs
     */
    public List<String> learn(@Nullable String bound) throws SourceException {
        List<String> known = fields;
        if (known == null) {
            known = bound == null ? List.of() : firstFields(bound);
            fields = known;
        }
        return known;
    }

    private List<String> firstFields(String bound) throws SourceException {
        RecordedRows recorded = new RecordedRows();
        Leg leg = super.read(null, bound);
        boolean enough = false;
        try {
            while (!recorded.take(leg, column, parser, learningRows)) {
                leg.close();
                leg = super.read(recorded.position(), bound);
            }
            enough = true;
        } finally {
            if (!enough) {
                leg.close();
            }
        }
        first = new Expanded(leg, recorded);
        // A field that is named as another column goes to the rest: two columns of one name are no file.
        return recorded.fields().stream()
                .filter(field -> !taken.contains(field))
                .toList();
    }

    /** The columns of the rows that this gives, of a file whose JSON column has these fields. */
    public static List<Column> columns(List<Column> columns, Expansion expansion, List<String> fields) {
        List<Column> expanded = new ArrayList<>();
        for (Column column : columns) {
            if (column.name().equals(expansion.column())) {
                fields.forEach(field -> expanded.add(new Column(field, ColumnType.ANY, false, null)));
            } else {
                expanded.add(column);
            }
        }
        expanded.add(new Column(Expansion.REST, ColumnType.JSON, false, null));
        return expanded;
    }

    @Override
    public Leg read(@Nullable String after, String bound) throws SourceException {
        Expanded begun = first;
        first = null;
        if (begun != null && after == null) {
            return begun;
        }
        if (begun != null) {
            begun.close();
        }
        return new Expanded(super.read(after, bound), null);
    }

    @Override
    public void close() {
        if (first != null) {
            first.close();
        }
        super.close();
    }

    /** A leg, before whose rows others may have been read. */
    private final class Expanded extends ChangingLeg<Splitter> {
        private final @Nullable RecordedRows recorded;
        private RecordedRows.@Nullable Row row;

        Expanded(Leg leg, @Nullable RecordedRows recorded) {
            super(leg);
            this.recorded = recorded;
        }

        @Override
        public boolean next() throws SourceException {
            RecordedRows.Row next = recorded == null ? null : recorded.next();
            if (next != null) {
                row = next;
                return true;
            }
            if (!super.next()) {
                // The last row's position is still asked for.
                return false;
            }
            row = null;
            return true;
        }

        @Override
        protected Splitter before(RowSink sink) {
            if (fields == null) {
                throw new IllegalStateException("the fields are not known yet");
            }
            return new Splitter(sink, column, fields, parser);
        }

        @Override
        public void copyTo(RowSink sink) throws SourceException {
            if (row == null) {
                super.copyTo(sink);
                return;
            }
            Splitter splitter = standing(sink);
            for (java.util.function.Consumer<JsonColumn> value : row.values()) {
                value.accept(splitter);
            }
        }

        @Override
        public int keyHash() {
            return row == null ? super.keyHash() : row.keyHash();
        }

        @Override
        public String position() {
            return row == null ? super.position() : row.position();
        }
    }
}
