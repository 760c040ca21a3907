package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.yaml.DatasetDraft.FileDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.ParameterDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds parameters that change nothing, and restrictions of rows that restrict none, since no query names them. */
final class ParameterUse {
    private final SourceInspector inspector;
    private final Source source;

    ParameterUse(SourceInspector inspector, Source source) {
        this.inspector = inspector;
        this.source = source;
    }

    /** Warns of each; of none when a query can't be read, which is reported elsewhere. */
    void warn(DatasetDraft dataset) {
        Set<String> used = new HashSet<>();
        try {
            for (String query : queries(dataset)) {
                used.addAll(inspector.parameters(source, query));
            }
        } catch (InspectionException e) {
            return;
        }
        for (ParameterDraft draft : dataset.parameters()) {
            String name = draft.parameter().name();
            if (!used.contains(name)) {
                draft.place().warning(draft.line(), "no query uses it; write :" + name + " in one, or remove it");
            }
        }
        dataset.guard().warnOfUse(used);
    }

    private static List<String> queries(DatasetDraft dataset) {
        List<String> queries = new ArrayList<>();
        if (dataset.subject() != null) {
            queries.add(dataset.subject().subject().query());
        }
        for (FileDraft file : dataset.files()) {
            if (file.query().text() != null) {
                queries.add(file.query().text());
            }
            if (file.form().header() != null) {
                queries.add(file.form().header().query());
            }
        }
        return queries;
    }
}
