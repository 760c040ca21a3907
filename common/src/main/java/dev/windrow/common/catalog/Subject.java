package dev.windrow.common.catalog;

import java.util.Objects;

/**
 * What a dataset is about: a query that must give a row before an export starts.
 *
 * @param notFound what the caller is told otherwise, with {@code {parameter}} for its values
 */
public record Subject(String query, String notFound) {
    public Subject {
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(notFound, "notFound");
    }
}
