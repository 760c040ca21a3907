package dev.windrow.common.catalog.yaml.guard;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.Dataset.Access;
import dev.windrow.common.catalog.Dataset.Claim;
import dev.windrow.common.catalog.Dataset.Guard;
import dev.windrow.common.catalog.Dataset.Limits;
import dev.windrow.common.catalog.Dataset.Masking;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.text.DidYouMean;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset's file says of who may export it, before its source was asked.
 *
 * @param place of the dataset
 * @param access null where everybody may
 * @param accessLine the field's
 */
public record GuardDraft(Place place, @Nullable Access access, int accessLine, Limits limits, List<MaskDraft> masks) {
    public GuardDraft {
        masks = List.copyOf(masks);
    }

    /** One mask; {@code line} is its column's name's. */
    public record MaskDraft(int line, String column, Masking masking) {}

    /** What queries may name beside the dataset's parameters. */
    public List<Parameter> parameters() {
        return access == null
                ? List.of()
                : access.claims().stream().map(Claim::parameter).collect(Collectors.toUnmodifiableList());
    }

    /**
     * Warns of a restriction that restricts no row.
     *
     * @param used the parameters that the dataset's queries name
     */
    public void warnOfUse(Set<String> used) {
        boolean byCaller = used.contains(ParameterBinder.PRINCIPAL)
                || parameters().stream().map(Parameter::name).anyMatch(used::contains);
        if (access != null && !byCaller) {
            place.warning(
                    accessLine,
                    "access is restricted, but the queries name neither a claim nor :principal, so all who may export it"
                            + " see the same rows; name one in a where, if rows belong to callers");
        }
    }

    /** The guard of a dataset of these files; what does not fit them is reported. */
    public Guard inspect(List<DatasetFile> files) {
        Set<String> names = new LinkedHashSet<>();
        for (DatasetFile file : files) {
            if (file.form().kind() != Kind.ATTACHMENTS) {
                file.columns().stream().map(Column::name).forEach(names::add);
            }
            if (file.form().header() != null) {
                file.form().header().columns().stream().map(Column::name).forEach(names::add);
            }
        }
        Map<String, Masking> masking = new LinkedHashMap<>();
        for (MaskDraft mask : masks) {
            // To a source, email and EMAIL are one name.
            List<String> meant =
                    names.stream().filter(mask.column()::equalsIgnoreCase).toList();
            meant.forEach(name -> masking.put(name, mask.masking()));
            if (meant.isEmpty()) {
                place.problem(
                        mask.line(),
                        "mask names " + mask.column() + ", no column of the queries"
                                + DidYouMean.hint(mask.column(), names));
            }
        }
        files.forEach(file -> refuseNothingLeft(file, masking));
        if (!masks.isEmpty()) {
            files.forEach(file -> refuseExpanded(file, masking));
        }
        return new Guard(access, limits, masking);
    }

    /**
     * What stands in JSON may be what a mask is for, under any name and at any depth. A column of JSON that is masked
     * itself is not expanded, so that whoever sees what is in it has to be one who sees the other columns too.
     */
    private void refuseExpanded(DatasetFile file, Map<String, Masking> masking) {
        FileForm.Expansion expansion = file.form().expansion();
        if (expansion == null) {
            return;
        }
        Masking own = masking.get(expansion.column());
        if (masking.values().stream()
                .anyMatch(other -> own == null || !other.unless().containsAll(own.unless()))) {
            place.problem(
                    masks.get(0).line(),
                    "file " + file.name() + " expands JSON, in which nothing can be masked; mask " + expansion.column()
                            + " for the same callers, select the fields by SQL, or put the file into a dataset without"
                            + " mask");
        }
    }

    private void refuseNothingLeft(DatasetFile file, Map<String, Masking> masking) {
        boolean nothing = file.form().kind() != Kind.ATTACHMENTS && areDropped(file.columns(), masking);
        FileForm.Header header = file.form().header();
        if (nothing || header != null && areDropped(header.columns(), masking)) {
            String what = nothing ? "file " : "the header of file ";
            place.problem(masks.get(0).line(), "mask drops all columns of " + what + file.name() + "; leave one");
        }
    }

    private static boolean areDropped(List<Column> columns, Map<String, Masking> masking) {
        return columns.stream()
                .map(column -> masking.get(column.name()))
                .allMatch(mask -> mask != null && mask.as() == Mask.DROP);
    }
}
