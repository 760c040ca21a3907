package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import java.util.List;

/**
 * Refuses columns whose names would not do. One rule holds everywhere else: the catalog and a request name a column as
 * its query does, letter by letter, and that is enough, since no query has two that the source takes for one.
 */
final class NameInspection {
    private final SourceInspector inspector;
    private final Source source;

    NameInspection(SourceInspector inspector, Source source) {
        this.inspector = inspector;
        this.source = source;
    }

    /**
     * Whether each column of a query has a name of its own; what is wrong is reported.
     *
     * @param line the query's
     */
    boolean areProper(List<Column> found, Place place, int line) throws InspectionException {
        if (found.isEmpty()) {
            place.problem(line, "the query gives no columns; write a select");
            return false;
        }
        boolean proper = true;
        for (int i = 0; i < found.size(); i++) {
            String name = found.get(i).name();
            if (name.isBlank()) {
                place.problem(line, "column " + (i + 1) + " of the query has no name; give it an alias");
                proper = false;
            } else {
                proper &= isNew(found, i, place, line);
            }
        }
        return proper;
    }

    private boolean isNew(List<Column> found, int index, Place place, int line) throws InspectionException {
        String name = found.get(index).name();
        for (int i = 0; i < index; i++) {
            String before = found.get(i).name();
            String which = "columns " + (i + 1) + " and " + (index + 1) + " of the query are ";
            if (before.equals(name)) {
                place.problem(line, which + "both named " + name + "; give one an alias");
                return false;
            } else if (before.equalsIgnoreCase(name) && inspector.areOneName(source, before, name)) {
                place.problem(
                        line, which + before + " and " + name + ", one name to the source; give one another alias");
                return false;
            }
        }
        return true;
    }
}
