package dev.windrow.app.catalog;

import dev.windrow.common.url.ApplicationSources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a catalog's <code>${NAME}</code> come from: the environment, and before it what this process was told
 * otherwise, such as a password that the demo was given and that is written nowhere. Immutable.
 *
 * @param told by the names of the variables
 * @param sources the databases of the application that this process is
 */
public record CatalogEnvironment(Map<String, String> told, ApplicationSources sources) {
    /** The environment alone. */
    public static final CatalogEnvironment OF_THE_PROCESS = new CatalogEnvironment(Map.of());

    public CatalogEnvironment {
        told = Map.copyOf(told);
    }

    /** That of a server of its own. */
    public CatalogEnvironment(Map<String, String> told) {
        this(told, ApplicationSources.NONE);
    }

    /** The value of a variable; null for one that is not set. */
    public @Nullable String get(String name) {
        String value = told.get(name);
        return value == null ? System.getenv(name) : value;
    }

    /** The names alone. */
    @Override
    public String toString() {
        return told.keySet().toString();
    }
}
