package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets.Granted;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.token.Locks;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.Faults;
import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.outbox.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares one start with its dataset, and fills in what was left out. Tells every fault at once. */
final class StartCheck {
    private final Granted granted;
    private final Dataset dataset;
    private final StartRequest request;
    private final Terms terms;
    private final Instant now;
    /** Parameters that were left out, and have what the clock says. */
    private final Set<String> moved = new HashSet<>();

    private final Faults faults = new Faults();

    private StartCheck(Granted granted, StartRequest request, Terms terms, Instant now) {
        this.granted = granted;
        this.dataset = granted.dataset();
        this.request = request;
        this.terms = terms;
        this.now = now;
    }

    /**
     * A start that fits its dataset, as the caller may know of it.
     *
     * @param said the request without what the clock alone has put into it: the same whenever it is asked for
     */
    record Checked(
            ExportRequest request,
            ExportRequest said,
            BoundParameters parameters,
            Granted granted,
            List<Target> tell) {}

    /** What is to be exported, and who is told; a start that does not fit ends the request. */
    static Checked check(Granted granted, StartRequest request, Caller caller, Telling telling, Instant now) {
        return new StartCheck(granted, request, caller.rights().terms(), now).run(caller, telling);
    }

    private Checked run(Caller caller, Telling telling) {
        BoundParameters parameters = parameters(caller.name());
        Format format = format();
        List<String> columns = columns();
        FormatOptions options = OptionsCheck.check(request, format, faults);
        String fileName = fileName();
        List<Target> tell = telling.targets(request.wishes(), caller, faults);
        faults.throwIfAny(ProblemType.INVALID_PARAMETERS);
        Map<String, Object> json = parameters.json();
        ExportRequest checked = new ExportRequest(dataset.name(), format, json, columns, options, fileName);
        Map<String, Object> given = new LinkedHashMap<>(json);
        given.keySet().removeAll(moved);
        ExportRequest said = new ExportRequest(dataset.name(), format, given, columns, options, fileName);
        return new Checked(checked, said, parameters, granted, tell);
    }

    private BoundParameters parameters(String principal) {
        List<Fault> otherwise = new ArrayList<>();
        Map<String, @Nullable Object> given =
                new LinkedHashMap<>(Locks.into(dataset, terms.parameters(), request.parameters(), otherwise));
        faults.addAll(otherwise);
        for (Parameter parameter : dataset.parameters()) {
            if (parameter.defaultValue() instanceof Parameter.Moment moment && given.get(parameter.name()) == null) {
                given.put(parameter.name(), moment.at(now, parameter.type()));
                moved.add(parameter.name());
            }
        }
        try {
            return ParameterBinder.bind(dataset, given, principal, granted.claims());
        } catch (InvalidParametersException e) {
            faults.addAll(e.faults());
            return new BoundParameters(Map.of(), Map.of());
        }
    }

    private Format format() {
        List<Format> open = dataset.formats().stream().filter(terms::giveFormat).toList();
        Format first = open.isEmpty() ? dataset.formats().get(0) : open.get(0);
        if (open.isEmpty()) {
            faults.add("/format", "can't be any: the token is for none of the dataset's formats");
        }
        if (open.isEmpty() || request.format() == null) {
            return first;
        }
        return Format.of(request.format()).filter(open::contains).orElseGet(() -> {
            String all = open.stream().map(Format::id).collect(Collectors.joining(", "));
            faults.add("/format", "must be one of " + all);
            return first;
        });
    }

    private List<String> columns() {
        List<String> all = granted.columns().stream()
                .map(Column::name)
                .filter(terms::giveColumn)
                .toList();
        List<String> chosen = request.columns();
        if (all.isEmpty()) {
            faults.add("/columns", "can't be any: the token is for none of the dataset's columns");
        }
        if (!isHeldToColumns()) {
            faults.add("/dataset", "has files with columns that the token is not for");
        }
        if (all.isEmpty() || chosen == null) {
            return all;
        }
        if (chosen.isEmpty()) {
            faults.add("/columns", "must name at least one column");
        }
        Set<String> seen = new HashSet<>();
        Set<String> known = Set.copyOf(all);
        for (int i = 0; i < chosen.size(); i++) {
            if (!known.contains(chosen.get(i))) {
                faults.add(Faults.pointer("columns", i), "is not a column of the dataset");
            } else if (!seen.add(chosen.get(i))) {
                faults.add(Faults.pointer("columns", i), "is chosen twice");
            }
        }
        return chosen;
    }

    /** Columns are chosen of the first file alone: the others have all of theirs. */
    private boolean isHeldToColumns() {
        List<String> allowed = terms.columns();
        return allowed == null
                || dataset.files().stream()
                        .skip(1)
                        .flatMap(file -> file.columns().stream())
                        .allMatch(column -> allowed.contains(column.name()));
    }

    private String fileName() {
        String given = request.fileName() == null ? dataset.name() : request.fileName();
        return ArchiveName.of(given).orElseGet(() -> {
            faults.add(
                    "/fileName",
                    "must be 1 to " + ArchiveName.MOST
                            + " characters, not counting those that no file name should have, and at most "
                            + ArchiveName.MOST_GIVEN + " with them");
            return dataset.name();
        });
    }
}
