package dev.windrow.common.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that may be exported. Immutable.
 *
 * @param label what it is called
 * @param reading how its rows are read
 * @param formats what a start may ask for; the first is the default; not empty
 * @param files in the archive's order; not empty
 */
public record Dataset(
        Label label,
        Reading reading,
        List<Format> formats,
        List<Parameter> parameters,
        @Nullable Subject subject,
        List<DatasetFile> files) {
    /**
     * What people call it.
     *
     * @param name {@code [a-z0-9-]{1,64}}: the name in the API
     */
    public record Label(String name, String title, @Nullable String description) {
        public Label {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(title, "title");
        }
    }

    /**
     * How its rows are read.
     *
     * @param counted whether rows are counted beside the export ({@code total: count}) or stay unknown
     *     ({@code total: none})
     * @param consistency of which moment the rows are
     */
    public record Reading(Source source, boolean counted, Consistency consistency) {
        public Reading {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(consistency, "consistency");
        }
    }

    /**
     * What a dataset is about: a query that must give a row before an export starts.
     *
     * @param notFound what the caller is told otherwise, with {@code {parameter}} for its values
     */
    public record Subject(String query, String notFound) {
        public Subject {
            Objects.requireNonNull(query, "query");
            Objects.requireNonNull(notFound, "notFound");
        }
    }

    /** Of which moment an export's rows are. The names are those of the catalog. */
    public enum Consistency {
        /** Each read sees the rows that are there when it begins. An interrupted export goes on where it was. */
        BATCH,
        /** All files are read in one transaction. An interrupted export begins anew. */
        SNAPSHOT;

        /** The word in the catalog. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Dataset {
        formats = List.copyOf(formats);
        parameters = List.copyOf(parameters);
        files = List.copyOf(files);
        if (formats.isEmpty() || files.isEmpty()) {
            throw new IllegalArgumentException("dataset " + label.name() + ": formats " + formats + ", files " + files);
        }
    }

    public String name() {
        return label.name;
    }

    public String title() {
        return label.title;
    }

    public @Nullable String description() {
        return label.description;
    }

    public Source source() {
        return reading.source;
    }

    public boolean counted() {
        return reading.counted;
    }

    public Consistency consistency() {
        return reading.consistency;
    }

    /**
     * The columns that the API shows and a start chooses from: those of the first file. Further files are always whole.
     */
    public List<Column> columns() {
        return files.get(0).columns();
    }

    /** The column of that name; empty when the dataset has none. */
    public Optional<Column> column(String name) {
        return columns().stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
