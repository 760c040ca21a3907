package dev.windrow.common.source.jdbc.draft;

import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two parameters that bound a column of days or moments, the second of them exclusive.
 *
 * @param since name of the first
 * @param until name of the second
 * @param cast the type that the database compares the column with; null where it compares texts
 * @param zoned whether the column has moments, and not days or times of a day without a zone
 */
record DateFilter(
        String column, String since, String until, @Nullable String cast, boolean zoned) {
    List<String> yaml() {
        String type = zoned ? "timestamp, bind: text" : "date";
        return List.of(
                since + ": { type: " + type + ", title: " + title("From (" + column + ")") + " }",
                until + ": { type: " + type + ", title: " + title("Until (" + column + "), not included") + " }");
    }

    private static String title(String title) {
        return YamlText.scalar(title);
    }

    /** Conditions that hold where the parameters are not given. */
    List<String> sql(String quote) {
        return List.of(condition(since, ">=", quote), condition(until, "<", quote));
    }

    private String condition(String parameter, String comparison, String quote) {
        String value = cast == null ? ":" + parameter : "cast(:" + parameter + " as " + cast + ")";
        return "(:" + parameter + " is null or " + Relation.quoted(column, quote) + " " + comparison + " " + value
                + ")";
    }

    Stream<Parameter> parameters() {
        return Stream.of(parameter(since), parameter(until));
    }

    private Parameter parameter(String name) {
        Parameter.Kind kind = zoned
                ? new Parameter.Kind(ParameterType.TIMESTAMP, false, Parameter.TimestampBinding.TEXT)
                : new Parameter.Kind(ParameterType.DATE, false, null);
        return new Parameter(name, kind, false, null, Parameter.Words.NONE, Parameter.Limits.NONE);
    }
}
