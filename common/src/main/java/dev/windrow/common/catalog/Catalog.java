package dev.windrow.common.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All datasets, checked against their live sources, in the catalog's order, as they are at the moment: a newer catalog
 * may take their place as a whole. Each dataset is immutable, so whoever has one keeps it as it was. Safe for use by
 * many threads.
 */
public final class Catalog {
    private volatile Map<String, Dataset> datasets;

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

    /** Has the datasets of the other from now on, and none of its own. */
    public void replaceBy(Catalog newer) {
        datasets = newer.datasets;
    }
}
