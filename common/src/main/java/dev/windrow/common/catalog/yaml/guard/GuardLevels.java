package dev.windrow.common.catalog.yaml.guard;

import static dev.windrow.common.catalog.yaml.tree.KnownField.optional;
import static dev.windrow.common.catalog.yaml.tree.KnownField.required;
import static dev.windrow.common.catalog.yaml.tree.KnownField.with;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.filledListOf;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.filledText;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.flag;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.integer;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.name;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.named;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.word;
import static dev.windrow.common.catalog.yaml.tree.ValueForm.wordOrNull;

import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.yaml.tree.Level;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All that a catalog may say of who may export how much of a dataset. */
public final class GuardLevels {
    static final Pattern CLAIM_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,14})([KMGT]?B)");
    /** Columns are called as their query has it. */
    public static final Pattern COLUMN_NAME = Pattern.compile(".{1,256}");

    public static final Level ACCESS = new Level(
            "access",
            "Who may export the dataset: callers of one of the roles, whose credentials say each of the claims. To all"
                    + " others it is as if it were not there.",
            List.of(
                    optional(
                            "roles",
                            filledListOf(filledText()),
                            "all roles",
                            "[finance]",
                            "One of which the caller must have."),
                    with(
                            "claims",
                            named(CLAIM_NAME, "claim"),
                            "none",
                            "What the credentials say of the caller, for queries that name it as `:name`; never taken"
                                    + " from a request.")));

    public static final Level CLAIM = new Level(
            "claim",
            "What the caller's credentials say, as queries get it.",
            List.of(
                    required("from", filledText(), "tenant_id", "The claim's name in the credentials."),
                    required("type", word(types()), "integer", "What its value is; one of another type is refused."),
                    optional(
                            "required",
                            flag(),
                            "`true`",
                            "false",
                            "Whether a caller without it may not export the dataset; else queries get null.")));

    public static final Level LIMITS = new Level(
            "limits",
            "The largest that an export of the dataset may be; one that is larger fails, and nothing is cut in silence.",
            List.of(
                    optional(
                            "maxRows",
                            integer(1, Integer.MAX_VALUE),
                            "no limit",
                            "5000000",
                            "The most rows, of all files together."),
                    optional(
                            "maxBytes",
                            name(SIZE),
                            "no limit",
                            "2GB",
                            "The most bytes of the archive: a number and `B`, `KB`, `MB`, `GB` or `TB`, in steps of"
                                    + " 1,024.")));

    public static final Level MASK = new Level(
            "mask",
            "A column that callers see as something else, unless they have one of the roles.",
            List.of(
                    optional(
                            "unless",
                            filledListOf(filledText()),
                            "nobody sees the values",
                            "[support]",
                            "The roles that see the values."),
                    required(
                            "as",
                            wordOrNull(masks()),
                            "hash",
                            "What the others see: no such column, null, a keyed hash, which is the same for the same"
                                    + " value, or the last four characters.")));

    private GuardLevels() {}

    private static List<String> types() {
        return Arrays.stream(ParameterType.values()).map(ParameterType::id).collect(Collectors.toUnmodifiableList());
    }

    private static List<String> masks() {
        return Arrays.stream(Mask.values()).map(Mask::id).collect(Collectors.toUnmodifiableList());
    }
}
