package dev.windrow.common.catalog.yaml;

import dev.windrow.common.catalog.Catalog;
import java.util.List;
import java.util.Objects;

/**
 * A catalog that passed every check.
 *
 * @param warnings what the operator should know though it stops nothing, each on one line with file and line; often
 *     empty
 * @param notes how the sources will read its files, as far as that is known, each on one line with file and line
 */
public record LoadedCatalog(Catalog catalog, List<String> warnings, List<String> notes) {
    public LoadedCatalog {
        Objects.requireNonNull(catalog, "catalog");
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }
}
