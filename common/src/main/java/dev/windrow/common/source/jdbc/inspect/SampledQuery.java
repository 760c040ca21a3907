package dev.windrow.common.source.jdbc.inspect;

import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.sql.NamedSql;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operator's query with a value of the right type for each parameter. They are bound and never run, but a strict
 * database checks their types. Immutable.
 *
 * @param samples by the parameters' names
 */
record SampledQuery(NamedSql sql, Map<String, Object> samples) {
    private static final String PRINCIPAL = "principal";

    SampledQuery {
        samples = Map.copyOf(samples);
    }

    /** @throws InspectionException when the query can't be understood, or names a parameter that is not there */
    static SampledQuery of(String query, List<Parameter> parameters, Dialect dialect) throws InspectionException {
        NamedSql sql = parse(query, dialect);
        Map<String, Object> samples = samples(parameters);
        for (String name : sql.names()) {
            if (!samples.containsKey(name)) {
                throw new InspectionException("the query names :" + name + ", which is no parameter of the dataset");
            }
        }
        return new SampledQuery(sql, samples);
    }

    static NamedSql parse(String query, Dialect dialect) throws InspectionException {
        try {
            return NamedSql.parse(query, dialect);
        } catch (IllegalArgumentException e) {
            throw new InspectionException(String.valueOf(e.getMessage()), e);
        }
    }

    NamedSql.Bound bound() {
        return sql.bind(samples);
    }

    private static Map<String, Object> samples(List<Parameter> parameters) {
        Map<String, Object> samples = new HashMap<>();
        samples.put(PRINCIPAL, "");
        for (Parameter parameter : parameters) {
            Object sample = switch (parameter.type()) {
                case STRING -> "";
                case INTEGER -> 0L;
                case NUMBER -> BigDecimal.ZERO;
                case BOOLEAN -> false;
                case DATE -> "1970-01-01";
                case TIMESTAMP ->
                    parameter.bind() == Parameter.TimestampBinding.MILLIS ? (Object) 0L : "1970-01-01T00:00:00Z";
            };
            // Two of a list, since a database takes one for an equality.
            samples.put(parameter.name(), parameter.list() ? List.of(sample, sample) : sample);
        }
        return samples;
    }
}
