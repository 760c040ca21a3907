package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.yaml.DatasetDraft.ColumnDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.FileDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds columns that are to be times against what the source says that they are. */
final class Times {
    private Times() {}

    /** Whether each column can be the time that the catalog makes of it; what can't is reported. */
    static boolean fit(List<Column> found, FileDraft file) {
        boolean fit = true;
        for (ColumnDraft said : file.columns()) {
            for (Column column : found) {
                String problem = column.name().equals(said.name()) ? problem(column.type(), said) : null;
                if (problem != null) {
                    file.place().problem(said.line(), "columns: " + said.name() + problem);
                    fit = false;
                }
            }
        }
        return fit;
    }

    /** Numbers may stand in texts, and a column without a type may hold anything: there the values tell. */
    private static @Nullable String problem(ColumnType found, ColumnDraft said) {
        boolean numbers = found == ColumnType.INTEGER || found == ColumnType.NUMBER;
        if (said.as() == ColumnType.DATE && numbers) {
            return " holds numbers in the source, which are no days; write as: timestamp with a unit, or make the day in"
                    + " the query";
        } else if (said.as() == ColumnType.DATE && found == ColumnType.TIMESTAMP) {
            return " is a timestamp in the source, which is no day; write as: timestamp, or make the day in the query";
        } else if (said.as() == ColumnType.TIMESTAMP && numbers && said.unit() == null) {
            return " holds numbers in the source, which are timestamps only in a unit; add unit: s, ms, us or julian"
                    + " (days), as in { name: " + said.name() + ", as: timestamp, unit: ms }";
        } else if (said.unit() != null && hasNoNumbers(found)) {
            return " is of type " + found.id() + " in the source, which has no unit; remove unit";
        }
        return null;
    }

    private static boolean hasNoNumbers(ColumnType type) {
        return switch (type) {
            case BOOLEAN, DATE, TIMESTAMP, BYTES -> true;
            case INTEGER, NUMBER, STRING, JSON, ANY -> false;
        };
    }
}
