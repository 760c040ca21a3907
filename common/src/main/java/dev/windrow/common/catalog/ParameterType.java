package dev.windrow.common.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The type of a parameter, by the catalog's names. */
public enum ParameterType {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    /** A calendar day, {@code 2026-01-31} in JSON and in SQL. */
    DATE,
    /** An instant, RFC 3339 in JSON; bound as epoch milliseconds or as text, see {@link Parameter#bind()}. */
    TIMESTAMP;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ParameterType> of(String id) {
        return Arrays.stream(values()).filter(type -> type.id().equals(id)).findFirst();
    }
}
