package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Column.Unit;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset.Consistency;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as its file has it, before its source was asked. What is missing or wrong is null, left out or a default,
 * and has been reported.
 *
 * @param line of its name; {@code sourceLine} and {@code consistencyLine} those of the fields
 */
record DatasetDraft(
        Place place,
        int line,
        String name,
        String title,
        @Nullable String description,
        @Nullable String source,
        int sourceLine,
        List<Format> formats,
        List<ParameterDraft> parameters,
        @Nullable SubjectDraft subject,
        boolean counted,
        Consistency consistency,
        int consistencyLine,
        List<FileDraft> files) {
    DatasetDraft {
        formats = List.copyOf(formats);
        parameters = List.copyOf(parameters);
        files = List.copyOf(files);
    }

    /** One of its parameters; {@code line} is its name's. */
    record ParameterDraft(Place place, int line, Parameter parameter) {}

    /** Its subject; {@code line} is the query's. */
    record SubjectDraft(Place place, int line, Subject subject) {}

    /** A file of it; null stands for a query that is missing or not to be asked about. */
    record FileDraft(
            Place place,
            String name,
            @Nullable String query,
            int queryLine,
            List<KeyPart> key,
            int keyLine,
            List<ColumnDraft> columns,
            int batchRows,
            FormDraft form) {
        FileDraft {
            key = List.copyOf(key);
            columns = List.copyOf(columns);
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
