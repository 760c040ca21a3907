package dev.windrow.common.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that may be exported. Immutable.
 *
 * @param name {@code [a-z0-9-]{1,64}}: the name in the API
 * @param formats what a start may ask for; the first is the default; not empty
 * @param counted whether rows are counted beside the export ({@code total: count}) or stay unknown ({@code total: none})
 * @param files in the archive's order; not empty
 */
public record Dataset(
        String name,
        String title,
        @Nullable String description,
        Source source,
        List<Format> formats,
        List<Parameter> parameters,
        @Nullable Subject subject,
        boolean counted,
        List<DatasetFile> files) {
    public Dataset {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(source, "source");
        formats = List.copyOf(formats);
        parameters = List.copyOf(parameters);
        files = List.copyOf(files);
        if (formats.isEmpty() || files.isEmpty()) {
            throw new IllegalArgumentException("dataset " + name + ": formats " + formats + ", files " + files);
        }
    }

    /** The columns that the API shows and a start chooses from: those of the first file. Further files are always whole. */
    public List<Column> columns() {
        return files.get(0).columns();
    }

    /** The column of that name; empty when the dataset has none. */
    public Optional<Column> column(String name) {
        return columns().stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
