package dev.windrow.common.url;

import org.jspecify.annotations.Nullable;

/**
 * The databases that an application has which Windrow is in, by the names that it knows them by: what a source's
 * {@code url: bean:NAME} means. Safe for use by many threads.
 */
@FunctionalInterface
public interface ApplicationSources {
    /** Of a server of its own, which is in no application. */
    ApplicationSources NONE = name -> {
        throw new IllegalArgumentException("url names a DataSource of an application, and this is a server of its own;"
                + " write the database's address, as in jdbc:sqlite:file.db");
    };

    /**
     * Where a database is. May ask it.
     *
     * @throws IllegalArgumentException where that can't be said; its message is for whoever wrote the catalog, has
     *     nothing secret, and ends with the fix
     */
    Address of(String name);

    /**
     * A database's address.
     *
     * @param url a JDBC URL
     */
    record Address(
            String url, @Nullable String username, @Nullable String password) {
        /** Without any of it, which may be secret. */
        @Override
        public String toString() {
            return "an address";
        }
    }
}
