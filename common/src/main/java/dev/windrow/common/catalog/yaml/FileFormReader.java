package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.FileForm.Expansion;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.catalog.yaml.DatasetDraft.ExpansionDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.FormDraft;
import dev.windrow.common.catalog.yaml.DatasetDraft.HeaderDraft;
import dev.windrow.common.catalog.yaml.tree.Fields;
import dev.windrow.common.catalog.yaml.tree.Fields.Field;
import dev.windrow.common.catalog.yaml.tree.Report.Place;
import dev.windrow.common.catalog.yaml.tree.Scalars;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads what a file is made of, besides plain rows: {@code shape}, {@code header}, {@code expand}, {@code attachments}.
 */
final class FileFormReader {
    /** Of letters that only an encoding of all letters has. */
    private static final String ANY_NAME = "\u00e9\u0416\u8a9e";

    private FileFormReader() {}

    /**
     * The form of a file and the query that gives its rows, or its attachments; null when that is missing, which is
     * reported.
     */
    record Read(FormDraft form, @Nullable Field query) {}

    /** @param folder that of the catalog file, which relative paths start from */
    static Read read(Fields file, Place place, Path folder) {
        boolean object = file.word("shape").equals("object");
        if (file.has("attachments")) {
            refuse(
                    file,
                    place,
                    List.of("query", "key", "batchRows", "columns", "shape", "header", "expand"),
                    "attachments");
            return attachments(file, place.within("attachments"), folder);
        }
        Field query = file.text("query", "add the query that gives the rows") == null ? null : file.get("query");
        if (object) {
            refuse(file, place, List.of("key", "batchRows", "header", "expand"), "shape object");
            return new Read(FormDraft.OBJECT, query);
        }
        return new Read(new FormDraft(Kind.ROWS, header(file, place), expansion(file, place), null, false), query);
    }

    private static void refuse(Fields file, Place place, List<String> fields, String beside) {
        for (String field : fields) {
            if (file.has(field)) {
                place.problem(file.line(field), field + " has no meaning beside " + beside + "; remove it");
            }
        }
    }

    private static @Nullable HeaderDraft header(Fields file, Place place) {
        Place within = place.within("header");
        Field field = file.get("header");
        Fields fields = field == null ? null : Fields.read(field.value(), field.line(), within, FileLevels.HEADER);
        if (fields == null) {
            return null;
        }
        String query = fields.text("query", "add the query that gives one row");
        String rows = fields.text("rows", "add the name of the field that holds the rows");
        return query == null || rows == null ? null : new HeaderDraft(within, fields.line("query"), query, rows);
    }

    private static @Nullable ExpansionDraft expansion(Fields file, Place place) {
        Place within = place.within("expand");
        Field field = file.get("expand");
        Fields fields = field == null ? null : Fields.read(field.value(), field.line(), within, FileLevels.EXPAND);
        if (fields == null) {
            return null;
        }
        String column = fields.text("column", "add the name of the column of JSON objects");
        List<String> names = new ArrayList<>();
        for (Node item : fields.items("fields")) {
            String name = Scalars.text(item);
            if (name == null || name.equals(Expansion.REST) || names.contains(name)) {
                within.problem(
                        Scalars.line(item), "fields: expected names, each once and none of them _extra; correct it");
            } else {
                names.add(name);
            }
        }
        Expansion expansion = column == null ? null : new Expansion(column, names, learntRows(fields, within));
        return expansion == null ? null : new ExpansionDraft(within, fields.line("column"), expansion);
    }

    private static int learntRows(Fields fields, Place place) {
        Integer rows = fields.integer("rows");
        if (rows != null && fields.has("fields")) {
            place.problem(fields.line("rows"), "rows has no meaning beside fields, which are not learnt; remove it");
        }
        return rows == null ? Expansion.DEFAULT_ROWS : rows;
    }

    private static Read attachments(Fields file, Place place, Path folder) {
        Field field = file.get("attachments");
        Fields fields = field == null ? null : Fields.read(field.value(), field.line(), place, FileLevels.ATTACHMENTS);
        if (fields == null) {
            return new Read(new FormDraft(Kind.ATTACHMENTS, null, null, folder, false), null);
        }
        Field query = fields.text("query", "add the query that gives path") == null ? null : fields.get("query");
        refuseWhereNamesAreNotFound(fields, place, folder);
        Path root = root(fields, place, folder);
        return new Read(new FormDraft(Kind.ATTACHMENTS, null, null, root, fields.flag("hardLinks")), query);
    }

    /** Under LC_ALL=C Java opens no file whose name is not ASCII, and each of them would be missing. */
    private static void refuseWhereNamesAreNotFound(Fields fields, Place place, Path folder) {
        if (!canHold(folder, ANY_NAME)) {
            place.problem(
                    fields.line("root"),
                    "under this locale Java can't find files of all names; set LC_ALL=C.UTF-8 in the environment");
        }
    }

    private static boolean canHold(Path folder, String name) {
        try {
            return folder.resolve(name).startsWith(folder);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** When it is wrong, which is reported, the folder of the catalog stands for it. */
    private static Path root(Fields fields, Place place, Path folder) {
        String text = fields.text("root", "add the folder that the attachments lie in");
        if (text == null) {
            return folder;
        }
        try {
            Path root = folder.resolve(text).normalize();
            if (Files.isDirectory(root)) {
                return root;
            }
        } catch (InvalidPathException e) {
            // As good as one that is not there.
        }
        place.problem(fields.line("root"), "there is no folder \"" + text + "\"; correct root");
        return folder;
    }
}
