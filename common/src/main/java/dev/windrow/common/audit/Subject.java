package dev.windrow.common.audit;

import org.jspecify.annotations.Nullable;

/**
 * To what something was done. Null is what it has not.
 *
 * @param export the id
 * @param dataset the name in the catalog
 * @param parametersSha256 in hex, of the effective parameters, whose values the audit never has
 */
public record Subject(
        @Nullable String export,
        @Nullable String dataset,
        @Nullable String parametersSha256) {
    /** To nothing that has a name. */
    public static final Subject NONE = new Subject(null, null, null);

    /** As short, and as much of Unicode, as every database keeps it. */
    public Subject {
        export = Texts.kept(export);
        dataset = Texts.kept(dataset);
        parametersSha256 = Texts.kept(parametersSha256);
    }
}
