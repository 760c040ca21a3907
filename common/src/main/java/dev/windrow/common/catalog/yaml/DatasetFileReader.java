package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.SafeName;
import dev.windrow.common.catalog.yaml.DatasetDraft.FileDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.KeyDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.QueryDraft;
import dev.windrow.common.catalog.yaml.tree.Fields;
import dev.windrow.common.catalog.yaml.tree.Fields.Field;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.catalog.yaml.tree.Scalars;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/** Reads one file of a dataset and checks all that can be checked without its source. */
final class DatasetFileReader {
    /** Every archive has {@code manifest.json} and {@code datapackage.json} besides its files. */
    private static final Set<String> TAKEN = Set.of("manifest", "datapackage");

    private static final Pattern DIRECTION = Pattern.compile("(?i)(?<=\\s)(?:asc|desc)$");

    private DatasetFileReader() {}

    /**
     * Null when it has no fields at all, which is reported.
     *
     * @param number its place among the files, from 1, for when it has no name
     * @param folder that of the catalog file, which relative paths start from
     */
    static @Nullable FileDraft read(Node node, int number, Place dataset, Path folder) {
        String proper = properName(node);
        String name = proper == null ? String.valueOf(number) : proper;
        Place place = dataset.within("file " + name);
        Fields fields = Fields.read(node, Scalars.line(node), place, FileLevels.FILE);
        if (fields == null) {
            return null;
        }
        if (proper == null) {
            refuseName(fields, place);
        }
        FileFormReader.Read form = FileFormReader.read(fields, place, folder);
        Field query = form.query();
        List<KeyPart> key = key(fields, place, form.form().kind() == FileForm.Kind.ROWS);
        Integer batchRows = fields.integer("batchRows");
        return new FileDraft(
                place,
                name,
                query == null
                        ? new QueryDraft(null, fields.line("query"))
                        : new QueryDraft(Scalars.text(query.value()), query.line()),
                new KeyDraft(key, fields.line("key")),
                ColumnsReader.read(fields, place),
                batchRows == null ? DatasetFile.DEFAULT_BATCH_ROWS : batchRows,
                form.form());
    }

    /** The name, so that messages can say it; null when it is missing or not to be used. */
    private static @Nullable String properName(Node node) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = Scalars.text(tuple.getValueNode());
                if ("name".equals(Scalars.text(tuple.getKeyNode())) && name != null) {
                    return FileLevels.FILE_NAME.matcher(name).matches() && !isTaken(name) ? name : null;
                }
            }
        }
        return null;
    }

    /** By what every archive has, or by Windows. */
    private static boolean isTaken(String name) {
        return TAKEN.contains(name.toLowerCase(Locale.ROOT)) || SafeName.isReserved(name);
    }

    private static void refuseName(Fields fields, Place place) {
        String name = fields.text("name", "add the file's name, without an extension");
        if (name != null) {
            String why = isTaken(name) ? "is taken" : "is no safe file name";
            place.problem(
                    fields.line("name"),
                    "the name \"" + name + "\" " + why
                            + "; use 1 to 64 of a-z, A-Z, 0-9, \"-\" and \"_\", as in readings");
        }
    }

    private static List<KeyPart> key(Fields fields, Place place, boolean needed) {
        String fix = "add the columns that order the rows, unique together, as in key: [id]";
        List<Node> items = needed ? fields.items("key", fix) : fields.items("key");
        List<KeyPart> key = new ArrayList<>();
        for (Node item : items) {
            String text = Scalars.text(item);
            if (text == null || text.isBlank()) {
                place.problem(Scalars.line(item), "key: expected columns, as in [created_at desc, id]; correct it");
                continue;
            }
            String whole = text.strip();
            Matcher direction = DIRECTION.matcher(whole);
            String word = direction.find() ? direction.group() : "";
            String column = whole.substring(0, whole.length() - word.length()).strip();
            if (key.stream().anyMatch(part -> part.column().equals(column))) {
                place.problem(Scalars.line(item), "key has the column " + column + " twice; remove one of them");
            } else {
                key.add(new KeyPart(column, word.equalsIgnoreCase("desc")));
            }
        }
        return key;
    }
}
