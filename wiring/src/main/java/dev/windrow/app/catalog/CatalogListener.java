package dev.windrow.app.catalog;

/** Whoever has made something of the datasets that there were, and must look again. */
@FunctionalInterface
public interface CatalogListener {
    /** The catalog has other datasets now. Called by one thread at a time. */
    void catalogChanged();
}
