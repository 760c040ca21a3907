package dev.windrow.common.source.jdbc.draft;

import java.util.List;
import java.util.Objects;

/**
 * A catalog as a text. Immutable.
 *
 * @param text YAML, for UTF-8; it has no password in it
 * @param datasets the names of those that are in it, in its order
 * @param omitted the tables and views that are not, each with the reason, on one line
 */
public record CatalogDraft(String text, List<String> datasets, List<String> omitted) {
    public CatalogDraft {
        Objects.requireNonNull(text, "text");
        datasets = List.copyOf(datasets);
        omitted = List.copyOf(omitted);
    }
}
