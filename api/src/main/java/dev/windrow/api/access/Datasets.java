package dev.windrow.api.access;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.common.access.Gate;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as each caller may know of it: what is not given is not there. Whoever shows, starts or sends something
 * of a dataset asks here. Safe for use by many threads.
 */
public final class Datasets {
    private final Catalog catalog;

    public Datasets(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A dataset, and what of it an export that the caller starts now is allowed.
     *
     * @param claims a value for each of the dataset's claims, as SQL takes it
     */
    public record Granted(Dataset dataset, Grant grant, Map<String, @Nullable Object> claims) {
        /** The columns of one of its files, as the caller sees them. */
        public List<Column> columns(DatasetFile file) {
            return Gate.shown(file, grant.masks());
        }

        /** The columns that a start chooses from, as the caller sees them. */
        public List<Column> columns() {
            return columns(dataset.files().get(0));
        }
    }

    /** All that the caller may export, in the catalog's order. */
    public List<Granted> all(Caller caller) {
        return catalog.datasets().stream()
                .flatMap(dataset -> granted(caller, dataset).stream())
                .toList();
    }

    /** The dataset of that name; ends the request where the caller may not know of it, as where there is none. */
    public Granted of(Caller caller, String name) {
        return find(caller, name)
                .orElseThrow(() -> catalog.find(name).isPresent()
                        ? ProblemException.withheldDataset(name)
                        : ProblemException.noSuchDataset());
    }

    /** The dataset of that name; empty where the caller may not know of it, as where there is none. */
    public Optional<Granted> find(Caller caller, String name) {
        return catalog.find(name).flatMap(dataset -> granted(caller, dataset));
    }

    private static Optional<Granted> granted(Caller caller, Dataset dataset) {
        if (!caller.rights().isFor(dataset.name())) {
            return Optional.empty();
        }
        Credential credential = caller.credential();
        return Gate.grant(
                        dataset,
                        caller.bearer(),
                        new Grant.Credential(credential.kind().id(), credential.name()),
                        caller.rights().terms().maxRows())
                .map(grant -> new Granted(
                        dataset, grant, Gate.claims(dataset, caller.bearer()).orElseThrow()));
    }

    /**
     * What a retry of the export by the caller is allowed: the caller's own rights of now, or, of somebody else's
     * export, what it was allowed before.
     *
     * @return empty when the caller may not know of the dataset any more
     */
    public Optional<Grant> forRetry(Caller caller, Export export) {
        String name = export.request().dataset();
        boolean own = caller.name().equals(export.owner());
        if (!own || catalog.find(name).isEmpty()) {
            // A dataset that is gone gives nothing to anybody; the run will say so.
            return caller.rights().isFor(name) ? Optional.of(export.grant()) : Optional.empty();
        }
        return find(caller, name).map(Granted::grant);
    }

    /**
     * Whether the caller may have the archive of an export that is the caller's to see. What is in it was allowed once;
     * this is about now. Of a dataset that is gone, nobody knows who may.
     */
    public boolean givesArchive(Caller caller, Export export) {
        String name = export.request().dataset();
        if (!caller.rights().isFor(name)) {
            return false;
        }
        return caller.has(Role.ADMIN)
                || catalog.find(name)
                        .filter(dataset -> Gate.covers(dataset, caller.bearer(), export.grant()))
                        .filter(dataset -> isWithin(caller.rights().terms(), dataset, export.request()))
                        .isPresent();
    }

    /** Whether a start that is tied to these terms could have asked for this. */
    private static boolean isWithin(Terms terms, Dataset dataset, ExportRequest request) {
        return request.columns().stream().allMatch(terms::giveColumn)
                && terms.giveFormat(request.format())
                && terms.parameters().entrySet().stream()
                        .allMatch(locked -> isLocked(locked.getKey(), locked.getValue(), dataset, request));
    }

    private static boolean isLocked(String name, Object value, Dataset dataset, ExportRequest request) {
        Optional<Parameter> parameter = dataset.parameters().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
        try {
            // In the form that the request is kept in: 7 and 7.0 are one number.
            return parameter.isPresent()
                    && Objects.equals(
                            ParameterBinder.bind(List.of(parameter.get()), Map.of(name, value), "")
                                    .json()
                                    .get(name),
                            request.parameters().get(name));
        } catch (InvalidParametersException e) {
            return false;
        }
    }

    /** Whether the dataset would still give all that is in the archive to whom it was granted. */
    public boolean keepsGranting(Export export) {
        return export.grant().bearer().everyRole()
                || catalog.find(export.request().dataset())
                        .filter(dataset -> Gate.held(dataset, export.grant()).isPresent())
                        .isPresent();
    }
}
