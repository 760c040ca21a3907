package dev.windrow.api.start;

import dev.windrow.api.access.Datasets.Granted;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.Faults;
import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.options.FormatOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares one start with its dataset, and fills in what was left out. Tells every fault at once. */
final class StartCheck {
    private final Granted granted;
    private final Dataset dataset;
    private final StartRequest request;
    private final Faults faults = new Faults();

    private StartCheck(Granted granted, StartRequest request) {
        this.granted = granted;
        this.dataset = granted.dataset();
        this.request = request;
    }

    /** A start that fits its dataset, as the caller may know of it. */
    record Checked(ExportRequest request, BoundParameters parameters, Granted granted) {}

    /** What is to be exported; a start that does not fit ends the request. */
    static Checked check(Granted granted, StartRequest request, String principal) {
        return new StartCheck(granted, request).run(principal);
    }

    private Checked run(String principal) {
        BoundParameters parameters = parameters(principal);
        Format format = format();
        List<String> columns = columns();
        FormatOptions options = OptionsCheck.check(request, format, faults);
        String fileName = fileName();
        faults.throwIfAny(ProblemType.INVALID_PARAMETERS);
        ExportRequest checked =
                new ExportRequest(dataset.name(), format, parameters.json(), columns, options, fileName);
        return new Checked(checked, parameters, granted);
    }

    private BoundParameters parameters(String principal) {
        try {
            return ParameterBinder.bind(dataset, request.parameters(), principal, granted.claims());
        } catch (InvalidParametersException e) {
            faults.addAll(e.faults());
            return new BoundParameters(Map.of(), Map.of());
        }
    }

    private Format format() {
        Format first = dataset.formats().get(0);
        if (request.format() == null) {
            return first;
        }
        return Format.of(request.format()).filter(dataset.formats()::contains).orElseGet(() -> {
            String all = dataset.formats().stream().map(Format::id).collect(Collectors.joining(", "));
            faults.add("/format", "must be one of " + all);
            return first;
        });
    }

    private List<String> columns() {
        List<String> all = granted.columns().stream().map(Column::name).toList();
        List<String> chosen = request.columns();
        if (chosen == null) {
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
