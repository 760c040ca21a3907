package dev.windrow.app.signals;

import dev.windrow.common.catalog.Catalog;

/** What metrics call a dataset: its name, and one word for all that the catalog does not have. */
final class DatasetLabel {
    /** No dataset has such a name. */
    static final String OTHER = "_other";

    private DatasetLabel() {}

    static String of(Catalog catalog, String dataset) {
        return catalog.find(dataset).isPresent() ? dataset : OTHER;
    }
}
