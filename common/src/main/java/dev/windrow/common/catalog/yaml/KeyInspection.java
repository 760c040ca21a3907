package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.SourceInspector.Remark;
import dev.windrow.common.catalog.SourceInspector.Uniqueness;
import dev.windrow.common.catalog.yaml.DatasetDraft.FileDraft;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds the keys of files against their live source. */
final class KeyInspection {
    private final SourceInspector inspector;
    private final Source source;
    private final List<Parameter> parameters;
    private final boolean snapshot;

    /**
     * @param parameters those of the files' dataset
     * @param snapshot whether that is read in one state
     */
    KeyInspection(SourceInspector inspector, Source source, List<Parameter> parameters, boolean snapshot) {
        this.inspector = inspector;
        this.source = source;
        this.parameters = parameters;
        this.snapshot = snapshot;
    }

    /**
     * Whether the file can be read in the order of its key; if not, it is reported why. How it is read is told as well.
     *
     * @param file whose query the source takes
     * @param reasons an error's words without what must not be shown
     */
    boolean accepts(FileDraft file, Function<InspectionException, String> reasons) {
        String query = String.valueOf(file.query().text());
        try {
            inspector.prepareReading(source, query, parameters, file.key().parts());
        } catch (InspectionException e) {
            file.place().problem(file.key().line(), reasons.apply(e));
            return false;
        }
        try {
            tell(file, query);
        } catch (InspectionException e) {
            file.place().note(file.key().line(), "the source does not say how it would read: " + reasons.apply(e));
        }
        return true;
    }

    private void tell(FileDraft file, String query) throws InspectionException {
        Place place = file.place();
        if (inspector.uniqueness(source, query, parameters, file.key().parts()) == Uniqueness.NOT_UNIQUE) {
            place.warning(file.key().line(), notUnique(file.key().parts()));
        }
        if (!snapshot) {
            inspector
                    .movingKeys(source, query, parameters, file.key().parts())
                    .forEach(column -> place.warning(file.key().line(), moving(column)));
        }
        for (Remark remark :
                inspector.remarks(source, query, parameters, file.key().parts())) {
            if (remark.warning()) {
                place.warning(file.key().line(), remark.text());
            } else {
                place.note(file.key().line(), remark.text());
            }
        }
    }

    private static String moving(String column) {
        return "the key's " + column + " is made by a window function, and moves when rows come before it; "
                + "write consistency: snapshot, or take a column of the rows";
    }

    private static String notUnique(List<KeyPart> key) {
        String columns = key.stream().map(KeyPart::column).collect(Collectors.joining(", "));
        return "no unique index is known for the key " + columns + "; rows with equal keys would fail an export";
    }
}
