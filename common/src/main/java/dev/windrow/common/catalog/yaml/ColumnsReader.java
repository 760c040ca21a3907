package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Column.Unit;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.yaml.DatasetDraft.ColumnDraft;
import dev.windrow.common.catalog.yaml.tree.Fields;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.catalog.yaml.tree.Scalars;
import dev.windrow.common.text.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what a file says of its columns, and checks what can be checked without its source. */
final class ColumnsReader {
    private ColumnsReader() {}

    static List<ColumnDraft> read(Fields file, Place place) {
        List<ColumnDraft> columns = new ArrayList<>();
        for (Node item : file.items("columns")) {
            ColumnDraft column = column(item, place);
            if (column != null
                    && columns.stream().anyMatch(other -> other.name().equals(column.name()))) {
                place.problem(column.line(), "columns has " + column.name() + " twice; remove one of them");
            } else if (column != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    private static @Nullable ColumnDraft column(Node node, Place place) {
        int line = Scalars.line(node);
        Place within = place.within("columns");
        Fields fields = Fields.read(node, line, within, FileLevels.COLUMN);
        String name = fields == null ? null : fields.text("name", "add the name of a column of the query");
        if (fields == null || name == null) {
            return null;
        }
        String as = fields.text("as");
        ColumnType type = as == null ? null : ColumnType.of(as).orElse(null);
        if (as != null && type == null) {
            within.problem(
                    fields.line("as"),
                    "unknown type \"" + as + "\""
                            + DidYouMean.hint(
                                    as, FileLevels.COLUMN.field("as").form().words()));
        }
        return new ColumnDraft(line, name, type, unit(fields, as, within), fields.text("title"));
    }

    private static @Nullable Unit unit(Fields fields, @Nullable String as, Place place) {
        String word = fields.text("unit");
        if (word == null) {
            return null;
        }
        Unit unit = Unit.of(word).orElse(null);
        boolean timestamp = ColumnType.TIMESTAMP.id().equals(as);
        if (unit == null) {
            place.problem(fields.line("unit"), "unknown unit \"" + word + "\"" + DidYouMean.hint(word, Unit.ids()));
        } else if (!timestamp) {
            String beside = as == null ? "without as: timestamp; add that" : "beside as: " + as + "; remove it";
            place.problem(fields.line("unit"), "unit has no meaning " + beside);
        }
        return timestamp ? unit : null;
    }
}
