package dev.windrow.common.catalog.yaml;

import static dev.windrow.common.catalog.yaml.tree.KnownField.optional;
import static dev.windrow.common.catalog.yaml.tree.KnownField.required;
import static dev.windrow.common.catalog.yaml.tree.KnownField.with;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.filledListOf;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.filledText;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.flag;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.integer;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.mapping;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.named;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.number;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.text;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.value;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.values;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.word;

import dev.windrow.common.catalog.Dataset.Consistency;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.Parameter.TimestampBinding;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.yaml.guard.GuardLevels;
import dev.windrow.common.catalog.yaml.tree.Level;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that a catalog may say, but for files ({@link FileLevels}). The readers take these fields and no others;
 * docs/catalog.md has a row for each and docs/catalog.schema.json a property, and both are compared with this.
 */
final class Levels {
    static final Pattern SOURCE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    static final Pattern DATASET_NAME = Pattern.compile("[a-z0-9-]{1,64}");
    static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final String NONE = "none";

    static final Level CATALOG = new Level(
            "catalog",
            "One file of a catalog.",
            List.of(
                    with("sources", named(SOURCE_NAME, "source"), NONE, "The databases that are read, by names."),
                    with("datasets", named(DATASET_NAME, "dataset"), NONE, "What may be exported, by names.")));

    static final Level SOURCE = new Level(
            "source",
            "A database that is read.",
            List.of(
                    required(
                            "url",
                            filledText(),
                            "jdbc:sqlite:shop.db",
                            "Where the database is: a JDBC URL; or, in an application, bean: and the name of a DataSource."),
                    optional("username", text(), NONE, "${SHOP_USER:}", "Who reads it. Empty is as if left out."),
                    optional(
                            "password",
                            text(),
                            NONE,
                            "${SHOP_PASSWORD:}",
                            "With what password. Empty is as if left out.")));

    static final Level DATASET = new Level(
            "dataset",
            "What one export gives.",
            List.of(
                    optional("title", text(), "the dataset's name", "Sensor readings", "What people are shown."),
                    optional("description", text(), NONE, "Of one sensor, oldest first.", "More words for people."),
                    required("source", filledText(), "shop", "The name of one of the sources."),
                    required(
                            "formats",
                            filledListOf(word(ids(Format.values(), Format::id))),
                            "[csv, ndjson]",
                            "What a start may ask for, each once; the first is the default."),
                    with("parameters", named(PARAMETER_NAME, "parameter"), NONE, "What a start may give, by names."),
                    with("subject", mapping("subject"), NONE, "What the dataset is about, if a start names it."),
                    with("files", filledListOf(mapping("file")), null, "What the archive holds, in this order."),
                    optional(
                            "total",
                            word(List.of("count", "none")),
                            "`count`",
                            "none",
                            "Whether the rows are counted beside the export, for its progress; that may cost as much as"
                                    + " reading them."),
                    optional(
                            "consistency",
                            word(ids(Consistency.values(), Consistency::id)),
                            "`batch`",
                            "snapshot",
                            "Of which moment the rows are: each read's own, or one for all files; then an export that is"
                                    + " interrupted begins anew."),
                    with("access", mapping("access"), "everybody who may export", "Who may export it."),
                    with("limits", mapping("limits"), "no limits", "The largest that an export of it may be."),
                    with(
                            "mask",
                            named(GuardLevels.COLUMN_NAME, "mask"),
                            NONE,
                            "Columns that not everybody sees, by names.")));

    static final Level PARAMETER = new Level(
            "parameter",
            "What a start may give, and queries name as `:name`.",
            List.of(
                    required(
                            "type",
                            word(ids(ParameterType.values(), ParameterType::id)),
                            "integer",
                            "What a value is, in JSON and in SQL."),
                    optional("required", flag(), "`false`", "true", "Whether a start without it is refused."),
                    optional(
                            "default",
                            values(),
                            "null in SQL",
                            "0",
                            "What is bound when a start does not give it; of a `date` or `timestamp` also a [moment](#moments)."),
                    optional("title", text(), "the parameter's name", "From day", "What people are shown."),
                    optional("description", text(), NONE, "The first day.", "More words for people."),
                    optional("example", values(), NONE, "s-17", "A value that people are shown where they write one."),
                    optional(
                            "minLength",
                            integer(0, Integer.MAX_VALUE),
                            NONE,
                            "1",
                            "The fewest characters (Unicode code points). For `string`."),
                    optional(
                            "maxLength",
                            integer(0, Integer.MAX_VALUE),
                            NONE,
                            "64",
                            "The most characters (Unicode code points). For `string`."),
                    optional(
                            "pattern",
                            text(),
                            NONE,
                            "'^[A-Z]{2}'",
                            "A regular expression of Java that a value must hold, anywhere in it. For `string`."),
                    optional("minimum", number(), NONE, "0", "The least value. For `integer` and `number`."),
                    optional("maximum", number(), NONE, "99.5", "The greatest value. For `integer` and `number`."),
                    optional(
                            "enum",
                            filledListOf(value()),
                            "all values",
                            "[red, green]",
                            "The values that there are, each once."),
                    optional(
                            "list",
                            flag(),
                            "`false`",
                            "true",
                            "Whether a start gives a list of 1 to 1,000 values, for `in (:name)`. Not for `boolean`."),
                    optional(
                            "bind",
                            word(ids(TimestampBinding.values(), TimestampBinding::id)),
                            "`millis`",
                            "text",
                            "What SQL gets: milliseconds since 1970 in UTC, rounded down, or ISO 8601 in UTC. For"
                                    + " `timestamp`."),
                    with(
                            "values",
                            mapping("values"),
                            NONE,
                            "Where the values come from that people choose from. For `string`, `integer`, `number` and"
                                    + " `date`.")));

    static final Level VALUES = new Level(
            "values",
            "What a parameter may be, as its source has it.",
            List.of(required(
                    "query",
                    filledText(),
                    "select id, name from sensors where name like :q order by name",
                    "Gives the value, and in a second column how it is shown. `:q` is what was typed, with `%` at both"
                            + " ends.")));

    static final Level SUBJECT = new Level(
            "subject",
            "What a dataset is about, which must be there when an export starts.",
            List.of(
                    required(
                            "query",
                            filledText(),
                            "select 1 from sensors where id = :sensor",
                            "Must give a row, or the start is answered with 404."),
                    required(
                            "notFound",
                            filledText(),
                            "'Sensor {sensor} not found'",
                            "What the caller is told then; `{name}` is the value of a parameter.")));

    /** All of them, the catalog's root first. */
    static final List<Level> ALL = List.of(
            CATALOG,
            SOURCE,
            DATASET,
            PARAMETER,
            VALUES,
            SUBJECT,
            GuardLevels.ACCESS,
            GuardLevels.CLAIM,
            GuardLevels.LIMITS,
            GuardLevels.MASK,
            FileLevels.FILE,
            FileLevels.COLUMN,
            FileLevels.HEADER,
            FileLevels.EXPAND,
            FileLevels.ATTACHMENTS);

    private Levels() {}

    private static <T> List<String> ids(T[] values, Function<T, String> id) {
        return Arrays.stream(values).map(id).collect(Collectors.toUnmodifiableList());
    }
}
