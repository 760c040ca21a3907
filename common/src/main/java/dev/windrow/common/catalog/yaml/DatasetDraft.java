package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Column.Unit;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset.Consistency;
import dev.windrow.common.catalog.Dataset.Label;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.yaml.guard.GuardDraft;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as its file has it, before its source was asked. What is missing or wrong is null, left out or a default,
 * and has been reported.
 */
record DatasetDraft(
        LabelDraft label,
        ReadingDraft reading,
        List<Format> formats,
        List<ParameterDraft> parameters,
        @Nullable SubjectDraft subject,
        List<FileDraft> files,
        GuardDraft guard) {
    DatasetDraft {
        formats = List.copyOf(formats);
        parameters = List.copyOf(parameters);
        files = List.copyOf(files);
    }

    Place place() {
        return guard.place();
    }

    /** Its name and the like; {@code line} is its name's. */
    record LabelDraft(int line, Label label) {}

    /** How its rows are read; {@code source} is null when it is missing, and the lines are those of the fields. */
    record ReadingDraft(
            @Nullable String source, int sourceLine, boolean counted, Consistency consistency, int consistencyLine) {}

    /** One of its parameters; {@code line} is its name's. */
    record ParameterDraft(Place place, int line, Parameter parameter) {}

    /** Its subject; {@code line} is the query's. */
    record SubjectDraft(Place place, int line, Subject subject) {}

    /** A file of it. */
    record FileDraft(
            Place place,
            String name,
            QueryDraft query,
            KeyDraft key,
            List<ColumnDraft> columns,
            int batchRows,
            FormDraft form) {
        FileDraft {
            columns = List.copyOf(columns);
        }
    }

    /** A file's query; null stands for one that is missing or not to be asked about. */
    record QueryDraft(@Nullable String text, int line) {}

    /** What orders a file's rows; {@code line} is the field's. */
    record KeyDraft(List<KeyPart> parts, int line) {
        KeyDraft {
            parts = List.copyOf(parts);
        }
    }

    /** What a file is made of; null stands for what it does not have. The query of attachments is the file's own. */
    record FormDraft(
            FileForm.Kind kind,
            @Nullable HeaderDraft header,
            @Nullable ExpansionDraft expansion,
            @Nullable Path root,
            boolean hardLinks) {
        static final FormDraft OBJECT = new FormDraft(FileForm.Kind.OBJECT, null, null, null, false);
    }

    /** A header; {@code line} is its query's. */
    record HeaderDraft(Place place, int line, String query, String rows) {}

    /** An expansion; {@code line} is its column's. */
    record ExpansionDraft(Place place, int line, FileForm.Expansion expansion) {}

    /** What the catalog says of a column; null where it leaves the source's own. */
    record ColumnDraft(
            int line,
            String name,
            @Nullable ColumnType as,
            @Nullable Unit unit,
            @Nullable String title) {}
}
