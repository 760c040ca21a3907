package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.SourceInspector.Uniqueness;
import dev.windrow.common.source.jdbc.Selections;
import java.util.List;

/**
 * What tests ask of a key, in short.
 *
 * @param parameters those that any of the queries names
 */
record Questions(JdbcSourceInspector inspector, List<Parameter> parameters) {
    /** Of one source; a case is the key, then the query. */
    Uniqueness uniqueness(Source source, String keyAndQuery) throws InspectionException {
        String[] parts = keyAndQuery.split(": ", 2);
        return inspector.uniqueness(source, parts[1], parameters, Selections.key(parts[0]));
    }

    List<String> remarks(Source source, String key, String query) throws InspectionException {
        return inspector.remarks(source, query, parameters, Selections.key(key)).stream()
                .map(remark -> (remark.warning() ? "warning: " : "note: ") + remark.text())
                .toList();
    }

    static Parameter parameter(String name, ParameterType type) {
        return parameter(name, new Parameter.Kind(type, false, null));
    }

    /** For an {@code in (:name)}. */
    static Parameter list(String name) {
        return parameter(name, new Parameter.Kind(ParameterType.STRING, true, null));
    }

    private static Parameter parameter(String name, Parameter.Kind kind) {
        return new Parameter(name, kind, false, null, Parameter.Words.NONE, Parameter.Limits.NONE);
    }
}
