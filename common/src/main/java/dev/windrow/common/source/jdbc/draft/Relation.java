package dev.windrow.common.source.jdbc.draft;

import org.jspecify.annotations.Nullable;

/**
 * A table or a view, by the names that the database's metadata has.
 *
 * @param refused why it can't be a dataset, as far as that is known without asking for its columns; null else
 */
record Relation(
        @Nullable String catalog,
        @Nullable String schema,
        String name,
        boolean view,
        @Nullable String refused) {
    /** As people know it. */
    String label() {
        return schema == null ? name : schema + "." + name;
    }

    /** As SQL has it. */
    String quoted(String quote) {
        return schema == null ? quoted(name, quote) : quoted(schema, quote) + "." + quoted(name, quote);
    }

    static String quoted(String name, String quote) {
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
