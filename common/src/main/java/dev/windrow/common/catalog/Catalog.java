package dev.windrow.common.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All datasets, checked against their live sources, in the catalog's order. Immutable. */
public final class Catalog {
    private final Map<String, Dataset> datasets;

    public Catalog(List<Dataset> datasets) {
        Map<String, Dataset> byName = new LinkedHashMap<>();
        for (Dataset dataset : datasets) {
            if (byName.put(dataset.name(), dataset) != null) {
                throw new IllegalArgumentException("two datasets named " + dataset.name());
            }
        }
        this.datasets = Collections.unmodifiableMap(byName);
    }

    public Collection<Dataset> datasets() {
        return datasets.values();
    }

    public Optional<Dataset> find(String name) {
        return Optional.ofNullable(datasets.get(name));
    }
}
