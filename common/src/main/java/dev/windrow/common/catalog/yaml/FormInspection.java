package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.FileForm.Expansion;
import dev.windrow.common.catalog.FileForm.Header;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.yaml.DatasetDraft.ExpansionDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.FileDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.HeaderDraft;
import dev.windrow.common.text.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds what a file is made of, besides plain rows, against its live source. */
final class FormInspection {
    private final SourceInspector inspector;
    private final Source source;
    private final List<Parameter> parameters;
    private final Function<InspectionException, String> refused;

    /** @param refused words for a query that the source refuses */
    FormInspection(
            SourceInspector inspector,
            Source source,
            List<Parameter> parameters,
            Function<InspectionException, String> refused) {
        this.inspector = inspector;
        this.source = source;
        this.parameters = parameters;
        this.refused = refused;
    }

    /**
     * The form of a file of rows or of one object, whose query has these columns; null when it is wrong, which is
     * reported.
     */
    @Nullable FileForm inspect(FileDraft file, List<String> columns) {
        if (file.form().kind() == Kind.OBJECT) {
            return FileForm.OBJECT;
        }
        HeaderDraft headerDraft = file.form().header();
        ExpansionDraft expansionDraft = file.form().expansion();
        Header header = headerDraft == null ? null : header(headerDraft);
        Expansion expansion = expansionDraft == null ? null : expansion(expansionDraft, columns);
        boolean whole = (header == null) == (headerDraft == null) && (expansion == null) == (expansionDraft == null);
        return whole ? new FileForm(Kind.ROWS, header, expansion, null) : null;
    }

    private @Nullable Header header(HeaderDraft draft) {
        try {
            List<Column> found = inspector.describe(source, draft.query(), parameters);
            if (!new NameInspection(inspector, source).areProper(found, draft.place(), draft.line())) {
                return null;
            }
            if (found.stream().anyMatch(column -> column.name().equals(draft.rows()))) {
                draft.place()
                        .problem(
                                draft.line(),
                                "the query has a column " + draft.rows()
                                        + ", as the rows are named; rename one of them");
                return null;
            }
            return new Header(draft.query(), found, draft.rows());
        } catch (InspectionException e) {
            draft.place().problem(draft.line(), refused.apply(e));
            return null;
        }
    }

    private static @Nullable Expansion expansion(ExpansionDraft draft, List<String> columns) {
        Expansion expansion = draft.expansion();
        if (!columns.contains(expansion.column())) {
            String hint = DidYouMean.hint(expansion.column(), columns);
            draft.place().problem(draft.line(), expansion.column() + " is no column of the query" + hint);
            return null;
        }
        List<String> clashes = new ArrayList<>(expansion.fields());
        clashes.add(Expansion.REST);
        clashes.retainAll(columns);
        clashes.remove(expansion.column());
        for (String name : clashes) {
            draft.place()
                    .problem(draft.line(), "the query has a column " + name + " besides; give that one another alias");
        }
        return clashes.isEmpty() ? expansion : null;
    }
}
