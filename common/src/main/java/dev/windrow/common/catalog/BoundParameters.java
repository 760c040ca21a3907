package dev.windrow.common.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checked values for a dataset's parameters, ready to bind.
 *
 * @param json the effective values (given or default, none left out but those that have neither) in the JSON form
 *     in which they were given; what the status and the manifest show, and what is stored
 * @param sql a value for every parameter of the dataset and for {@code principal}: String, Long, BigDecimal,
 *     Boolean, null, or a List of these
 */
public record BoundParameters(Map<String, Object> json, Map<String, @Nullable Object> sql) {
    public BoundParameters {
        json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
        sql = Collections.unmodifiableMap(new LinkedHashMap<>(sql));
    }

    /** Thrown when values do not fit a dataset; names every fault at once. */
    public static final class InvalidParametersException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient List<Fault> faults;

        public InvalidParametersException(List<Fault> faults) {
            super(faults.toString());
            this.faults = List.copyOf(new ArrayList<>(faults));
        }

        public List<Fault> faults() {
            return faults;
        }
    }
}
