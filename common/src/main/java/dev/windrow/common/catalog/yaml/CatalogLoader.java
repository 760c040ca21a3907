package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.SourceInspector;
import dev.windrow.common.catalog.yaml.tree.Fields;
import dev.windrow.common.catalog.yaml.tree.Fields.Field;
import dev.windrow.common.catalog.yaml.tree.Report;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.catalog.yaml.tree.Scalars;
import dev.windrow.common.catalog.yaml.tree.YamlFile;
import dev.windrow.common.url.ApplicationSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a catalog and checks every line of it, also against the live sources. Stateless, but only as safe for several
 * threads as its inspector is. Blocks for as long as the sources take to answer.
 */
public final class CatalogLoader {
    private final SourceInspector inspector;
    private final Function<String, @Nullable String> environment;
    private final ApplicationSources application;
    private final Set<Format> available;

    /**
     * A loader of a server of its own.
     *
     * @param environment gives the value of an environment variable, null for one that is not set
     * @param available the formats that this version writes; others in a catalog are dropped with a warning; not empty
     */
    public CatalogLoader(
            SourceInspector inspector, Function<String, @Nullable String> environment, Set<Format> available) {
        this(inspector, environment, ApplicationSources.NONE, available);
    }

    /**
     * The same within an application.
     *
     * @param application what its databases are called
     */
    public CatalogLoader(
            SourceInspector inspector,
            Function<String, @Nullable String> environment,
            ApplicationSources application,
            Set<Format> available) {
        this.inspector = Objects.requireNonNull(inspector, "inspector");
        this.environment = Objects.requireNonNull(environment, "environment");
        this.application = Objects.requireNonNull(application, "application");
        this.available = EnumSet.copyOf(available);
    }

    /**
     * Loads one file, or all {@code *.yaml} and {@code *.yml} of a folder (not of its folders) in the order of their
     * names as one catalog.
     *
     * @throws InvalidCatalogException with all problems at once
     */
    public LoadedCatalog load(Path fileOrFolder) throws InvalidCatalogException {
        Report report = new Report();
        Pass pass = new Pass(report);
        pass.read(files(fileOrFolder, report));
        Inspection inspection = new Inspection(inspector, pass.sources);
        List<Dataset> datasets = new ArrayList<>();
        for (DatasetDraft draft : pass.datasets.values()) {
            Dataset dataset = inspection.inspect(draft);
            if (dataset != null) {
                datasets.add(dataset);
            }
        }
        if (datasets.isEmpty() && !report.hasProblems()) {
            report.file(0, fileOrFolder.toString()).problem(0, "no datasets; add some under \"datasets:\"");
        }
        if (report.hasProblems()) {
            throw new InvalidCatalogException(report.problems());
        }
        return new LoadedCatalog(new Catalog(datasets), report.warnings(), report.notes());
    }

    /**
     * The files that {@link #load} reads, in their order; none for a path that is not there.
     *
     * @throws IOException for a folder that can't be read
     */
    public static List<Path> files(Path fileOrFolder) throws IOException {
        if (!Files.isDirectory(fileOrFolder)) {
            return Files.exists(fileOrFolder) ? List.of(fileOrFolder) : List.of();
        }
        try (Stream<Path> entries = Files.list(fileOrFolder)) {
            return entries.filter(CatalogLoader::isCatalogFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .collect(Collectors.toUnmodifiableList());
        }
    }

    private static List<Path> files(Path fileOrFolder, Report report) {
        Place place = report.file(0, fileOrFolder.toString());
        try {
            List<Path> files = files(fileOrFolder);
            if (files.isEmpty() && !Files.isDirectory(fileOrFolder)) {
                place.problem(0, "there is no such file or folder; correct the path of the catalog");
            } else if (files.isEmpty()) {
                place.problem(0, "the folder has no *.yaml or *.yml file; add one");
            }
            return files;
        } catch (IOException e) {
            place.problem(0, "the folder can't be read (" + e.getClass().getSimpleName() + "); check its permissions");
            return List.of();
        }
    }

    /** Editors leave hidden files beside those that they edit. */
    private static boolean isCatalogFile(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(path);
    }

    /** What one load reads of its files, merged. */
    private final class Pass {
        private final Report report;
        private final Map<String, SourceReader.Draft> sources = new LinkedHashMap<>();
        private final Map<String, DatasetDraft> datasets = new LinkedHashMap<>();

        Pass(Report report) {
            this.report = report;
        }

        void read(List<Path> files) {
            for (int i = 0; i < files.size(); i++) {
                readFile(files.get(i), report.file(i, files.get(i).toString()));
            }
        }

        private void readFile(Path path, Place place) {
            Node root = YamlFile.read(path, place);
            Fields fields = root == null ? null : Fields.read(root, Scalars.line(root), place, Levels.CATALOG);
            if (fields == null) {
                return;
            }
            Path folder =
                    Objects.requireNonNull(path.toAbsolutePath().normalize().getParent(), "a file has a folder");
            SourceReader sourceReader = new SourceReader(environment, application, folder);
            for (Field field : entries(fields, "sources", place)) {
                SourceReader.Draft source = sourceReader.read(field, place);
                SourceReader.Draft before = sources.putIfAbsent(field.name(), source);
                if (before != null) {
                    refuseSecond(source.place(), field, before.place().at(before.line()));
                }
            }
            DatasetReader datasetReader = new DatasetReader(available, folder);
            for (Field field : entries(fields, "datasets", place)) {
                DatasetDraft dataset = datasetReader.read(field, place);
                DatasetDraft before = dataset == null ? null : datasets.putIfAbsent(field.name(), dataset);
                if (dataset != null && before != null) {
                    refuseSecond(
                            dataset.place(),
                            field,
                            before.place().at(before.label().line()));
                }
            }
        }

        private Iterable<Field> entries(Fields fields, String name, Place place) {
            Field field = fields.get(name);
            Map<String, Field> named =
                    field == null ? null : Fields.named(field.value(), field.line(), place.within(name));
            return named == null ? List.of() : named.values();
        }

        private void refuseSecond(Place place, Field field, String first) {
            place.problem(field.line(), "is there already, at " + first + "; rename or remove one of them");
        }
    }
}
