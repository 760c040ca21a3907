package dev.windrow.common.outbox;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is told, or where something is taken.
 *
 * @param name a name of the settings; where rights allow it, a URL (webhook) or an address (mail)
 * @param language of whoever is told, as BCP 47 has it; null where it is not known
 */
public record Target(Kind kind, String name, @Nullable String language) {
    public Target {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    /** One whose language does not matter. */
    public static Target of(Kind kind, String name) {
        return new Target(kind, name, null);
    }

    /** Its name without what may be a secret in it. */
    public String shown() {
        return shown(name);
    }

    /** As {@link #shown()}: of a URL the scheme, host and port alone, since with many services the path is the key. */
    public static String shown(String name) {
        int scheme = name.indexOf("://");
        if (scheme < 0) {
            return name;
        }
        int end = scheme + 3;
        while (end < name.length() && "/?#\\".indexOf(name.charAt(end)) < 0) {
            end++;
        }
        return end == name.length() ? name : name.substring(0, end) + "/…";
    }

    /** The ways of telling. The ids are stored and part of the HTTP API. */
    public enum Kind {
        WEBHOOK,
        MAIL,
        /** A copy of the archive is taken there. */
        PLACE;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that id; empty where there is none, as for one that a later version wrote. */
        public static Optional<Kind> of(String id) {
            for (Kind kind : values()) {
                if (kind.id().equals(id)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
