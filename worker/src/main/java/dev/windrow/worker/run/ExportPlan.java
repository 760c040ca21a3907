package dev.windrow.worker.run;

import dev.windrow.common.access.Gate;
import dev.windrow.common.access.Grant;
import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Limits;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.FileForm.Expansion;
import dev.windrow.common.catalog.FileForm.Header;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.manifest.ManifestFile;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.expand.ExpandedRows;
import dev.windrow.worker.reading.Reading;
import dev.windrow.worker.run.Failures.RefusedRunException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an export reads and what its files are called, worked out from its request, what it was granted and the catalog
 * of today.
 *
 * @param limits the largest that it may be
 */
record ExportPlan(Dataset dataset, List<Part> parts, Limits limits) {
    /**
     * One file of the dataset and where its rows come from.
     *
     * @param extension of its entries, with the dot; empty for attachments
     * @param masks of the dataset's columns, by their names
     */
    record Part(RowSelection selection, String extension, Map<String, Mask> masks) {
        Kind kind() {
            return selection.file().form().kind();
        }

        /** What becomes of a JSON column; null when there is none, it is masked, or the start did not choose it. */
        @Nullable Expansion expansion() {
            Expansion expansion = selection.file().form().expansion();
            return expansion != null
                            && selection.columns().stream()
                                    .anyMatch(column ->
                                            column.name().equals(expansion.column()) && column.masked() == null)
                    ? expansion
                    : null;
        }

        /**
         * The columns whose values are not in it, in the order of the file's queries: those that are masked, if the
         * start chose them, and those that are not there at all.
         */
        List<ManifestFile.Masked> masked() {
            List<ManifestFile.Masked> masked = new ArrayList<>();
            if (kind() == Kind.ATTACHMENTS) {
                return masked;
            }
            Header header = selection.file().form().header();
            Stream<Column> all = Stream.concat(
                    selection.file().columns().stream()
                            .filter(column -> masks.get(column.name()) == Mask.DROP
                                    || selection.columns().stream()
                                            .anyMatch(one -> one.name().equals(column.name()))),
                    header == null ? Stream.empty() : header.columns().stream());
            all.map(Column::name).distinct().forEach(name -> {
                Mask mask = masks.get(name);
                if (mask != null) {
                    masked.add(new ManifestFile.Masked(name, mask.id()));
                }
            });
            return masked;
        }

        /** @param fields of the JSON column; null where nothing is expanded */
        List<Column> columns(@Nullable List<String> fields) {
            Expansion expansion = expansion();
            return expansion == null || fields == null
                    ? selection.columns()
                    : ExpandedRows.columns(selection.columns(), expansion, fields);
        }

        /** The name of one of its entries; those after the first have their number. Not for attachments. */
        String entryName(int number) {
            String base = selection.file().name();
            return (number == 1 ? base : base + "-" + number) + extension;
        }

        /** The number of that entry among the part's own; 0 if it is none of them. */
        int numberOf(String entry) {
            String base = selection.file().name();
            if (kind() == Kind.ATTACHMENTS) {
                return entry.startsWith(base + "/") ? 1 : 0;
            }
            if (entry.equals(entryName(1))) {
                return 1;
            }
            String middle = entry.startsWith(base + "-") && entry.endsWith(extension)
                    ? entry.substring(base.length() + 1, entry.length() - extension.length())
                    : "";
            return middle.matches("[2-9]|[1-9][0-9]{1,8}") ? Integer.parseInt(middle) : 0;
        }
    }

    /** Where the rows of each part end by now; null for one that has none. */
    List<@Nullable String> bounds(Reading reading) throws SourceException {
        List<@Nullable String> bounds = new ArrayList<>();
        for (Part part : parts) {
            bounds.add(part.kind() == Kind.ATTACHMENTS ? null : reading.lastPosition(part.selection()));
        }
        return bounds;
    }

    /** A digest of the files' queries and keys: bounds that were read by others say nothing here. */
    String bounding() {
        StringBuilder files = new StringBuilder();
        for (Part part : parts) {
            DatasetFile file = part.selection.file();
            told(files, part.kind());
            told(files, file.name());
            told(files, file.query());
            told(files, file.key());
        }
        return digest(files);
    }

    /** With its length, so that no text can pass for two others. */
    private static void told(StringBuilder recipe, @Nullable Object value) {
        String text = String.valueOf(value);
        recipe.append('\n').append(text.length()).append(' ').append(text);
    }

    private static String digest(StringBuilder recipe) {
        return Sha256.hex(recipe.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /** The keys of all files that have one, in words. */
    String keys() {
        return parts.stream()
                .map(part -> part.selection().file())
                .filter(file -> !file.key().isEmpty())
                .map(file -> file.name() + " ("
                        + file.key().stream().map(KeyPart::column).collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining(", "));
    }

    /** The part that an entry belongs to. */
    int partOf(String entry) {
        int further = -1;
        for (int i = 0; i < parts.size(); i++) {
            int number = parts.get(i).numberOf(entry);
            if (number == 1) {
                // Also where another file is called so that this could be a further entry of it: sales-2023 beside
                // sales.
                return i;
            }
            further = number > 1 ? i : further;
        }
        if (further >= 0) {
            return further;
        }
        throw new IllegalStateException("entry " + entry + " is in no file of dataset " + dataset.name());
    }

    /** The part to go on with: the one whose entry is open, or the one after the last that has an entry. */
    int firstPart(EntryTally tally) {
        EntryTally.Entry last = tally.last();
        if (last == null) {
            return 0;
        }
        int part = partOf(last.name());
        return last.isOpen() ? part : part + 1;
    }

    /** Whether an earlier run has reached that part, and whether it has passed it. */
    Reached reached(int part, EntryTally tally) {
        EntryTally.Entry last = tally.last();
        int reached = last == null ? -1 : partOf(last.name());
        return reached < part ? Reached.NOT : reached == part ? Reached.WITHIN : Reached.PASSED;
    }

    /** How far earlier runs came with a part. */
    enum Reached {
        NOT,
        WITHIN,
        PASSED
    }

    /**
     * A digest of everything but the source's rows that the files' bytes are made of, on whatever machine: a run goes
     * on only with what was made by the same. Where the source and attachments are is not in it, since machines may
     * reach them by other addresses.
     *
     * @param maskedBy what hashes masked values
     */
    String recipe(String maskedBy) {
        StringBuilder recipe = new StringBuilder(dataset.reading().source().name());
        for (Part part : parts) {
            RowSelection selection = part.selection;
            DatasetFile file = selection.file();
            FileForm form = file.form();
            List<@Nullable Object> all =
                    new ArrayList<>(List.of(file.name(), file.query(), file.key(), file.columns()));
            all.addAll(List.of(form.kind(), form.hardLinks(), part.extension, selection.columns()));
            all.add(form.header());
            all.add(form.expansion());
            all.add(new TreeMap<>(part.masks));
            all.add(new TreeMap<>(selection.parameters().sql()));
            all.forEach(each -> told(recipe, each));
        }
        if (parts.stream().anyMatch(part -> part.masks.containsValue(Mask.HASH))) {
            recipe.append('\n').append(maskedBy);
        }
        return Sha256.hex(recipe.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /** The columns of an entry's rows; none for an attachment. */
    List<Column> columns(EntryTally.Entry entry) {
        Part part = parts.get(partOf(entry.name()));
        return part.kind() == Kind.ATTACHMENTS ? List.of() : part.columns(entry.fields());
    }

    /**
     * @throws SourceException when the catalog was changed since the export was started, so that the request fits it no
     *     more
     * @throws RefusedRunException when it gives less by now than the export was granted
     */
    static ExportPlan of(Export export, Catalog catalog) throws SourceException, RefusedRunException {
        ExportRequest request = export.request();
        Dataset dataset = catalog.find(request.dataset())
                .orElseThrow(() -> changed("The dataset " + request.dataset() + " is no longer in the catalog"));
        BoundParameters parameters;
        try {
            parameters = ParameterBinder.bind(
                    dataset, request.parameters(), export.owner(), claims(dataset, export.grant()));
        } catch (InvalidParametersException e) {
            throw changed("The parameters no longer fit the dataset");
        }
        Map<String, Mask> masks = export.grant().masks();
        List<Part> parts = new ArrayList<>();
        for (DatasetFile file : dataset.files()) {
            List<Column> shown = Gate.shown(file, masks);
            List<Column> columns = parts.isEmpty() ? chosen(shown, request.columns(), masks) : shown;
            parts.add(new Part(
                    new RowSelection(dataset.source(), file, columns, parameters),
                    extension(file.form().kind(), request.format()),
                    masks));
        }
        return new ExportPlan(dataset, List.copyOf(parts), limits(dataset, export.grant()));
    }

    private static String extension(Kind kind, Format format) {
        return switch (kind) {
            case ROWS -> "." + format.id();
            case OBJECT -> ".json";
            case ATTACHMENTS -> "";
        };
    }

    private static Limits limits(Dataset dataset, Grant grant) {
        Limits limits = dataset.guard().limits();
        Long own = grant.maxRows();
        boolean fewer = own != null && (limits.maxRows() == null || own < limits.maxRows());
        return fewer ? new Limits(own, limits.maxBytes()) : limits;
    }

    private static Map<String, @Nullable Object> claims(Dataset dataset, Grant grant) throws RefusedRunException {
        return Gate.held(dataset, grant)
                .orElseThrow(() -> notAllowed("The rights that the export was started with do not give dataset "
                        + dataset.name() + " any more; a retry takes those of now"));
    }

    private static List<Column> chosen(List<Column> shown, List<String> names, Map<String, Mask> masks)
            throws SourceException, RefusedRunException {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            if (masks.get(name) == Mask.DROP) {
                throw notAllowed("The rights of the retry do not give column " + name + "; start anew without it");
            }
            columns.add(shown.stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> changed("The dataset has no column " + name + " any more")));
        }
        return columns;
    }

    private static RefusedRunException notAllowed(String detail) {
        return new RefusedRunException(FailureCode.NOT_ALLOWED, detail);
    }

    private static SourceException changed(String detail) {
        return new SourceException(SourceException.Kind.QUERY, detail);
    }
}
