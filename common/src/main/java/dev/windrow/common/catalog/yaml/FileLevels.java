package dev.windrow.common.catalog.yaml;

import static dev.windrow.common.catalog.yaml.tree.KnownField.optional;
import static dev.windrow.common.catalog.yaml.tree.KnownField.required;
import static dev.windrow.common.catalog.yaml.tree.KnownField.with;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.filledListOf;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.filledText;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.flag;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.integer;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.listOf;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.mapping;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.name;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.text;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.word;

import dev.windrow.common.catalog.Column.Unit;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm.Expansion;
import dev.windrow.common.catalog.yaml.tree.Level;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All that a catalog may say of a dataset's files; see {@link Levels}. */
final class FileLevels {
    static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private static final int MAX_BATCH_ROWS = 100_000;
    private static final String NONE = "none";
    private static final List<String> TYPES = Arrays.stream(ColumnType.values())
            .filter(type -> type != ColumnType.ANY)
            .map(ColumnType::id)
            .collect(Collectors.toUnmodifiableList());

    static final Level FILE = new Level(
            "file",
            "One file of the archive, or a folder of attachments.",
            List.of(
                    required(
                            "name",
                            name(FILE_NAME),
                            "readings",
                            "Its name without the extension; once in a dataset, whatever the case."),
                    optional(
                            "query",
                            filledText(),
                            "required, but not with `attachments`",
                            "select id, name from sensors",
                            "The rows: one `select`, with parameters as `:name`. The order is the key's."),
                    optional(
                            "key",
                            filledListOf(filledText()),
                            "required for rows",
                            "[created_at desc, id]",
                            "The columns that put the rows in order: unique together and never null. Each `asc`, which is"
                                    + " the default, or `desc`."),
                    optional(
                            "batchRows",
                            integer(1, MAX_BATCH_ROWS),
                            "`" + DatasetFile.DEFAULT_BATCH_ROWS + "`",
                            "5000",
                            "How many rows a driver is asked for at a time. Changes no byte of the archive."),
                    with("columns", listOf(mapping("column")), "the source's own", "What is to be said of columns."),
                    optional(
                            "shape",
                            word(List.of("rows", "object")),
                            "`rows`",
                            "object",
                            "Rows in the format that is asked for, or exactly one row, as one JSON object in every format."),
                    with("header", mapping("header"), NONE, "What stands around the rows in `json`."),
                    with("expand", mapping("expand"), NONE, "A column of JSON objects that becomes many columns."),
                    with(
                            "attachments",
                            mapping("attachments"),
                            NONE,
                            "Files that are copied into the archive, in place of rows.")));

    static final Level COLUMN = new Level(
            "column",
            "What is said of one column of a file's query.",
            List.of(
                    required("name", filledText(), "created_at", "The column, letter by letter as the query names it."),
                    optional(
                            "as",
                            word(TYPES),
                            "the source's type",
                            "timestamp",
                            "The type that every value is written as; one that does not fit fails the export."),
                    optional(
                            "unit",
                            word(Unit.ids()),
                            "no number is a time",
                            "ms",
                            "What the column's numbers count. With `as: timestamp`."),
                    optional(
                            "title",
                            text(),
                            "the column's name",
                            "Created",
                            "The header where a start asks for titles.")));

    static final Level HEADER = new Level(
            "header",
            "Makes the `json` format one object, with fields of its own and the rows in one more.",
            List.of(
                    required(
                            "query",
                            filledText(),
                            "select title from surveys where id = :survey",
                            "Gives exactly one row, whose columns are the fields."),
                    required("rows", filledText(), "responses", "The name of the field that holds the rows.")));

    static final Level EXPAND = new Level(
            "expand",
            "Makes columns of the fields of a column of JSON objects.",
            List.of(
                    required("column", filledText(), "payload", "The column; the new ones stand in its place."),
                    optional(
                            "fields",
                            listOf(text()),
                            "those of the first rows",
                            "[speed, torque]",
                            "The fields that become columns, in this order, each once; all others go to `_extra`."),
                    optional(
                            "rows",
                            integer(1, Expansion.MAX_ROWS),
                            "`" + Expansion.DEFAULT_ROWS + "`",
                            "200",
                            "From how many first rows the fields are learnt. Not with `fields`.")));

    static final Level ATTACHMENTS = new Level(
            "attachments",
            "Files that are copied into the archive.",
            List.of(
                    required(
                            "query",
                            filledText(),
                            "select local_path as path from media",
                            "Gives `path`, below the root, and optionally `name`, what the file is called in the archive."),
                    required(
                            "root",
                            filledText(),
                            "media",
                            "The folder that the files lie in, relative to the catalog's; nothing outside is read."),
                    optional(
                            "hardLinks",
                            flag(),
                            "`false`",
                            "true",
                            "Whether files that have other names besides, perhaps outside the root, are copied as well.")));

    private FileLevels() {}
}
