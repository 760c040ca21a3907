package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Dataset.Consistency;
import dev.windrow.common.catalog.Dataset.Label;
import dev.windrow.common.catalog.Dataset.Subject;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.yaml.DatasetDraft.FileDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.LabelDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.ParameterDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.ReadingDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.SubjectDraft;
import dev.windrow.common.catalog.yaml.guard.GuardReader;
import dev.windrow.common.catalog.yaml.tree.Fields;
import dev.windrow.common.catalog.yaml.tree.Fields.Field;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.catalog.yaml.tree.Scalars;
import dev.windrow.common.text.DidYouMean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one dataset and checks all that can be checked without its source. */
final class DatasetReader {
    /** Years are no parts: so many would have a billion rows. */
    private static final Pattern PART = Pattern.compile("(.{1,64})-([2-9]|[1-9][0-9]{1,2})");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final Set<Format> available;
    private final Path folder;

    /** @param folder that of the catalog file, which relative paths start from */
    DatasetReader(Set<Format> available, Path folder) {
        this.available = available;
        this.folder = folder;
    }

    /** Null when it has no fields at all, which is reported. */
    @Nullable DatasetDraft read(Field field, Place file) {
        Place place = file.within("dataset " + field.name());
        if (!Levels.DATASET_NAME.matcher(field.name()).matches()) {
            place.problem(field.line(), "not a name of a dataset; use 1 to 64 of a-z, 0-9 and \"-\"");
        }
        Fields fields = Fields.read(field.value(), field.line(), place, Levels.DATASET);
        if (fields == null) {
            return null;
        }
        String title = fields.text("title");
        Label label = new Label(field.name(), title == null ? field.name() : title, fields.text("description"));
        boolean counted = fields.word("total").equals("count");
        Consistency consistency =
                fields.word("consistency").equals(Consistency.SNAPSHOT.id()) ? Consistency.SNAPSHOT : Consistency.BATCH;
        ReadingDraft reading = new ReadingDraft(
                fields.text("source", "add the name of one of the sources"),
                fields.line("source"),
                counted,
                consistency,
                fields.line("consistency"));
        List<ParameterDraft> parameters = parameters(fields, place);
        Set<String> names =
                parameters.stream().map(draft -> draft.parameter().name()).collect(Collectors.toSet());
        return new DatasetDraft(
                new LabelDraft(field.line(), label),
                reading,
                formats(fields, place),
                parameters,
                subject(fields, place, parameters),
                files(fields, place),
                GuardReader.read(fields, place, names));
    }

    private List<Format> formats(Fields fields, Place place) {
        List<String> known = Levels.DATASET.field("formats").form().words();
        Set<Format> formats = new LinkedHashSet<>();
        for (Node item : fields.items("formats", "add formats: [csv]")) {
            String word = Scalars.text(item);
            Format format = Format.of(String.valueOf(word)).orElse(null);
            if (format == null) {
                String shown = word == null ? Fields.kind(item) : "\"" + word + "\"";
                place.problem(
                        Scalars.line(item), "unknown format " + shown + DidYouMean.hint(String.valueOf(word), known));
            } else if (!formats.add(format)) {
                place.problem(Scalars.line(item), "format " + word + " is there twice; remove one of them");
            }
        }
        return offered(formats, fields.line("formats"), place);
    }

    private List<Format> offered(Set<Format> formats, int line, Place place) {
        List<Format> offered = formats.stream().filter(available::contains).collect(Collectors.toList());
        List<Format> dropped =
                formats.stream().filter(format -> !available.contains(format)).collect(Collectors.toList());
        if (!dropped.isEmpty()) {
            String verb = dropped.size() == 1 ? " is" : " are";
            String text = ids(dropped) + verb + " not available in this version; ";
            if (offered.isEmpty()) {
                place.problem(line, text + "add " + ids(available));
            } else {
                place.warning(line, text + "offered: " + ids(offered));
            }
        }
        return offered;
    }

    private static String ids(Iterable<Format> formats) {
        List<String> ids = new ArrayList<>();
        formats.forEach(format -> ids.add(format.id()));
        return String.join(", ", ids);
    }

    private static List<ParameterDraft> parameters(Fields fields, Place place) {
        Field field = fields.get("parameters");
        Map<String, Field> named = field == null ? null : Fields.named(field.value(), field.line(), place);
        List<ParameterDraft> parameters = new ArrayList<>();
        if (named != null) {
            for (Field parameter : named.values()) {
                Parameter read = ParameterReader.read(parameter, place);
                if (read != null) {
                    Place within = place.within("parameter " + read.name());
                    parameters.add(new ParameterDraft(within, parameter.line(), read));
                }
            }
        }
        return parameters;
    }

    private static @Nullable SubjectDraft subject(Fields dataset, Place place, List<ParameterDraft> parameters) {
        Field field = dataset.get("subject");
        Place within = place.within("subject");
        Fields fields = field == null ? null : Fields.read(field.value(), field.line(), within, Levels.SUBJECT);
        if (fields == null) {
            return null;
        }
        String query = fields.text("query", "add the query that must give a row");
        String notFound = fields.text("notFound", "add what the caller is told when there is no row");
        if (notFound != null) {
            List<String> names =
                    parameters.stream().map(draft -> draft.parameter().name()).collect(Collectors.toList());
            PLACEHOLDER.matcher(notFound).results().map(match -> match.group(1)).forEach(name -> {
                if (!names.contains(name)) {
                    within.problem(
                            fields.line("notFound"),
                            "notFound names the unknown parameter {" + name + "}" + DidYouMean.hint(name, names));
                }
            });
        }
        return query == null || notFound == null
                ? null
                : new SubjectDraft(within, fields.line("query"), new Subject(query, notFound));
    }

    private List<FileDraft> files(Fields fields, Place place) {
        List<FileDraft> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node item : fields.items("files", "add a file with name, query and key")) {
            FileDraft file = DatasetFileReader.read(item, files.size() + 1, place, folder);
            if (file != null) {
                files.add(file);
                // Archives are unpacked where A and a are one name.
                if (!names.add(file.name().toLowerCase(Locale.ROOT))) {
                    file.place().problem(Scalars.line(item), "another file has this name; rename one of them");
                }
            }
        }
        refuseNamesOfParts(files, names);
        return files;
    }

    /** A long file of rows may go on in others, which have a number. */
    private static void refuseNamesOfParts(List<FileDraft> files, Set<String> names) {
        for (FileDraft file : files) {
            Matcher part = PART.matcher(file.name());
            if (part.matches() && names.contains(part.group(1).toLowerCase(Locale.ROOT))) {
                file.place()
                        .problem(
                                file.query().line(),
                                file.name() + " is what a part of " + part.group(1)
                                        + " would be called; rename one of them");
            }
        }
    }
}
