package dev.windrow.common.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that may be exported. Immutable.
 *
 * @param label what it is called
 * @param reading how its rows are read
 * @param formats what a start may ask for; the first is the default; not empty
 * @param files in the archive's order; not empty
 * @param guard who may export how much of it
 */
public record Dataset(
        Label label,
        Reading reading,
        List<Format> formats,
        List<Parameter> parameters,
        @Nullable Subject subject,
        List<DatasetFile> files,
        Guard guard) {
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

    /**
     * Who may export it, how much of it, and who sees which column only masked.
     *
     * @param access null for everybody who may export
     * @param masks by the names of columns
     */
    public record Guard(@Nullable Access access, Limits limits, Map<String, Masking> masks) {
        /** Everybody may export all of it. */
        public static final Guard NONE = new Guard(null, Limits.NONE, Map.of());

        public Guard {
            Objects.requireNonNull(limits, "limits");
            masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
        }

        /** All roles that it asks callers for. */
        public Set<String> roles() {
            Set<String> roles = new LinkedHashSet<>();
            if (access != null) {
                roles.addAll(access.roles);
            }
            masks.values().forEach(masking -> roles.addAll(masking.unless()));
            return roles;
        }
    }

    /**
     * What a caller's credentials must say.
     *
     * @param roles one of which the caller must have; empty for any caller
     */
    public record Access(Set<String> roles, List<Claim> claims) {
        public Access {
            roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
            claims = List.copyOf(claims);
        }
    }

    /**
     * Something that the credentials say of the caller, which queries may name as a parameter.
     *
     * @param parameter its name in queries, and its type; whether the credentials must say it
     * @param from its name in the credentials
     */
    public record Claim(Parameter parameter, String from) {
        public Claim {
            Objects.requireNonNull(parameter, "parameter");
            Objects.requireNonNull(from, "from");
        }
    }

    /**
     * The largest that an export may be; null for no limit.
     *
     * @param maxRows of all files together
     * @param maxBytes of the archive
     */
    public record Limits(@Nullable Long maxRows, @Nullable Long maxBytes) {
        public static final Limits NONE = new Limits(null, null);
    }

    /**
     * What stands for a column's values.
     *
     * @param unless the roles that see the values
     */
    public record Masking(Set<String> unless, Column.Mask as) {
        public Masking {
            unless = Collections.unmodifiableSet(new LinkedHashSet<>(unless));
            Objects.requireNonNull(as, "as");
        }
    }

    public Dataset {
        Objects.requireNonNull(guard, "guard");
        formats = List.copyOf(formats);
        parameters = List.copyOf(parameters);
        files = List.copyOf(files);
        if (formats.isEmpty() || files.isEmpty()) {
            throw new IllegalArgumentException("dataset " + label.name() + ": formats " + formats + ", files " + files);
        }
    }

    /** A dataset that everybody may export all of. */
    public Dataset(
            Label label,
            Reading reading,
            List<Format> formats,
            List<Parameter> parameters,
            @Nullable Subject subject,
            List<DatasetFile> files) {
        this(label, reading, formats, parameters, subject, files, Guard.NONE);
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

    /** What callers' credentials say and queries may name; empty where the dataset asks for nothing. */
    public List<Claim> claims() {
        return guard.access == null ? List.of() : guard.access.claims;
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
