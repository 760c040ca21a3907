package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.yaml.DatasetDraft.ColumnDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.FileDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.ParameterDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.SubjectDraft;
import dev.windrow.common.text.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds datasets against their live sources. A source that can't be reached is told once, and nothing more is asked of
 * it.
 */
final class Inspection {
    private final SourceInspector inspector;
    private final Map<String, SourceReader.Draft> sources;
    private final Map<String, Source> reached = new LinkedHashMap<>();

    Inspection(SourceInspector inspector, Map<String, SourceReader.Draft> sources) {
        this.inspector = inspector;
        this.sources = sources;
        sources.forEach(this::reach);
    }

    private void reach(String name, SourceReader.Draft draft) {
        Source source = draft.source();
        if (source == null) {
            return;
        }
        try {
            inspector.reach(source);
            reached.put(name, source);
        } catch (InspectionException e) {
            draft.place()
                    .problem(
                            draft.line(),
                            "can't be reached: " + draft.redact(e.getMessage())
                                    + "; check url, username and password, and that the database is up");
        }
    }

    /** The dataset; null when something is wrong with it, which is reported. */
    @Nullable Dataset inspect(DatasetDraft draft) {
        if (draft.reading().source() != null
                && !sources.containsKey(draft.reading().source())) {
            String hint = DidYouMean.hint(draft.reading().source(), sources.keySet());
            draft.place()
                    .problem(
                            draft.reading().sourceLine(),
                            "unknown source \"" + draft.reading().source() + "\"" + hint);
        }
        Source source = draft.reading().source() == null
                ? null
                : reached.get(draft.reading().source());
        if (source == null) {
            return null;
        }
        List<Parameter> parameters =
                draft.parameters().stream().map(ParameterDraft::parameter).collect(Collectors.toUnmodifiableList());
        List<Parameter> named = new ArrayList<>(parameters);
        named.addAll(draft.guard().parameters());
        if (draft.subject() != null) {
            inspectSubject(draft.subject(), source, named);
        }
        draft.parameters()
                .forEach(parameter ->
                        inspectChoices(parameter, source, draft.guard().parameters()));
        boolean snapshot = draft.reading().consistency() == Dataset.Consistency.SNAPSHOT;
        if (snapshot) {
            inspectSnapshot(draft, source);
        }
        List<DatasetFile> files = inspectFiles(draft, source, named, snapshot);
        if (files.isEmpty() || draft.formats().isEmpty()) {
            return null;
        }
        new ParameterUse(inspector, source).warn(draft);
        // Where a file is missing, so are its columns.
        Dataset.Guard guard =
                files.size() == draft.files().size() ? draft.guard().inspect(files) : Dataset.Guard.NONE;
        return new Dataset(
                draft.label().label(),
                new Dataset.Reading(
                        source, draft.reading().counted(), draft.reading().consistency()),
                draft.formats(),
                parameters,
                draft.subject() == null ? null : draft.subject().subject(),
                files,
                guard);
    }

    private List<DatasetFile> inspectFiles(
            DatasetDraft draft, Source source, List<Parameter> parameters, boolean snapshot) {
        refuseAttachmentsFirst(draft);
        List<DatasetFile> files = new ArrayList<>();
        for (FileDraft file : draft.files()) {
            DatasetFile inspected = inspectFile(file, source, parameters, snapshot);
            if (inspected != null) {
                files.add(inspected);
            }
        }
        return files;
    }

    /** The columns that the API shows and a start chooses from are those of the first file. */
    private static void refuseAttachmentsFirst(DatasetDraft draft) {
        if (!draft.files().isEmpty() && draft.files().get(0).form().kind() == FileForm.Kind.ATTACHMENTS) {
            FileDraft first = draft.files().get(0);
            first.place()
                    .problem(first.query().line(), "attachments can't be the first file; put one with rows before it");
        }
    }

    private void inspectSnapshot(DatasetDraft draft, Source source) {
        try {
            inspector
                    .refusesSnapshot(source)
                    .ifPresent(reason -> draft.place().problem(draft.reading().consistencyLine(), reason));
        } catch (InspectionException e) {
            draft.place().problem(draft.reading().consistencyLine(), reasons(source, e));
        }
    }

    private void inspectSubject(SubjectDraft draft, Source source, List<Parameter> parameters) {
        try {
            inspector.describe(source, draft.subject().query(), parameters);
        } catch (InspectionException e) {
            draft.place().problem(draft.line(), refused(source, e));
        }
    }

    private void inspectChoices(ParameterDraft draft, Source source, List<Parameter> claims) {
        String query = draft.parameter().choices();
        if (query == null) {
            return;
        }
        String searched = ParameterBinder.SEARCHED.name();
        if (claims.stream().anyMatch(claim -> claim.name().equals(searched))) {
            draft.place()
                    .problem(
                            draft.line(),
                            "values: :" + searched
                                    + " is the text that is searched, and a claim of access too; rename the claim");
        }
        List<Parameter> named = new ArrayList<>(claims);
        named.add(ParameterBinder.SEARCHED);
        try {
            int columns = inspector.describe(source, query, named).size();
            if (columns > 2) {
                draft.place()
                        .problem(
                                draft.line(),
                                "values: the query gives " + columns
                                        + " columns; give the value, and beside it what is shown");
            }
        } catch (InspectionException e) {
            draft.place().problem(draft.line(), "values: " + refused(source, e));
        }
    }

    private @Nullable DatasetFile inspectFile(
            FileDraft file, Source source, List<Parameter> parameters, boolean snapshot) {
        if (file.query().text() == null) {
            return null;
        }
        try {
            List<Column> found = inspector.describe(source, file.query().text(), parameters);
            if (!new NameInspection(inspector, source)
                    .areProper(found, file.place(), file.query().line())) {
                return null;
            }
            List<String> names = found.stream().map(Column::name).collect(Collectors.toList());
            if (file.form().kind() == FileForm.Kind.ATTACHMENTS) {
                return attachments(names, file);
            }
            boolean hasKey = hasKey(names, file);
            boolean columnsFit = columnsFit(found, names, file);
            FileForm form =
                    new FormInspection(inspector, source, parameters, e -> refused(source, e)).inspect(file, names);
            boolean rows = form != null && form.kind() == FileForm.Kind.ROWS;
            if (!hasKey
                    || !columnsFit
                    || form == null
                    || rows == file.key().parts().isEmpty()) {
                return null;
            }
            if (rows
                    && !new KeyInspection(inspector, source, parameters, snapshot)
                            .accepts(file, e -> reasons(source, e))) {
                return null;
            }
            return new DatasetFile(
                    file.name(), file.query().text(), file.key().parts(), columns(found, file), file.batchRows(), form);
        } catch (InspectionException e) {
            file.place().problem(file.query().line(), refused(source, e));
            return null;
        }
    }

    /** The columns that count, as text. */
    private static @Nullable DatasetFile attachments(List<String> names, FileDraft file) {
        if (!names.contains("path")) {
            String hint = DidYouMean.hint("path", names);
            file.place().problem(file.query().line(), "the query of attachments gives no column path" + hint);
            return null;
        }
        List<Column> columns = names.stream()
                .filter(name -> name.equals("path") || name.equals("name"))
                .map(name -> new Column(name, ColumnType.STRING, true, null))
                .collect(Collectors.toList());
        FileForm form = new FileForm(
                FileForm.Kind.ATTACHMENTS,
                null,
                null,
                file.form().root(),
                file.form().hardLinks());
        return new DatasetFile(
                file.name(), String.valueOf(file.query().text()), List.of(), columns, file.batchRows(), form);
    }

    private String refused(Source source, InspectionException e) {
        return "the source refuses the query: " + reasons(source, e) + "; correct the query";
    }

    private String reasons(Source source, InspectionException e) {
        SourceReader.Draft draft = sources.get(source.name());
        return draft == null ? "no reason given" : draft.redact(e.getMessage());
    }

    private static boolean hasKey(List<String> names, FileDraft file) {
        boolean has = true;
        for (KeyPart part : file.key().parts()) {
            if (!names.contains(part.column())) {
                String hint = DidYouMean.hint(part.column(), names);
                file.place()
                        .problem(file.key().line(), "the key's " + part.column() + " is no column of the query" + hint);
                has = false;
            }
        }
        return has;
    }

    private static boolean columnsFit(List<Column> found, List<String> names, FileDraft file) {
        boolean fit = Times.fit(found, file);
        for (ColumnDraft column : file.columns()) {
            if (!names.contains(column.name())) {
                String hint = DidYouMean.hint(column.name(), names);
                file.place()
                        .problem(column.line(), "columns names " + column.name() + ", no column of the query" + hint);
                fit = false;
            }
        }
        return fit;
    }

    private static List<Column> columns(List<Column> found, FileDraft file) {
        List<Column> columns = new ArrayList<>();
        for (Column column : found) {
            columns.add(file.columns().stream()
                    .filter(said -> said.name().equals(column.name()))
                    .findFirst()
                    .map(said -> as(column, said))
                    .orElse(column));
        }
        return columns;
    }

    private static Column as(Column column, ColumnDraft said) {
        ColumnType as = said.as();
        return new Column(column.name(), as == null ? column.type() : as, as != null, said.unit(), said.title());
    }
}
