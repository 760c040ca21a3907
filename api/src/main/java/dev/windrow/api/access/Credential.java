package dev.windrow.api.access;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has shown.
 *
 * @param kind of which way of telling callers apart it is
 * @param name of a key, or of the issuer of a token; empty for none
 * @param expires when it ends; null for never
 */
public record Credential(Kind kind, String name, @Nullable Instant expires) {
    /** A caller who is believed without any. */
    public static final Credential NONE = new Credential(Kind.NONE, "", null);

    /** The ways of telling callers apart. */
    public enum Kind {
        NONE,
        API_KEY,
        /** A JWT of a configured issuer. */
        JWT,
        /** A token that Windrow made for a key's holder. */
        MINTED,
        /** None: the application that Windrow is in says who it is. */
        APPLICATION;

        /** The word that is kept with exports. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
