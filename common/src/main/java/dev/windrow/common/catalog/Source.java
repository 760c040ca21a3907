package dev.windrow.common.catalog;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A database that already exists and is only ever read.
 *
 * @param url a JDBC URL, relative SQLite paths already resolved against the catalog file; may hold credentials, so
 *     it is shown to nobody
 */
public record Source(
        String name,
        String url,
        @Nullable String username,
        @Nullable String password) {
    public Source {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
    }

    /** The name alone: the rest may hold secrets. */
    @Override
    public String toString() {
        return "source " + name;
    }
}
