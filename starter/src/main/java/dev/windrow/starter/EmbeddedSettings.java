package dev.windrow.starter;

import dev.windrow.api.access.Role;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Windrow stands in the application. What it does there is said by the other settings of {@code windrow.}, which
 * are those of a server.
 *
 * @param enabled whether it is there at all
 * @param path where the page and the API are, below the application's context path
 * @param roles what users may do who have an authority (or are in a role) of that name: export, read, admin, or the
 *     name of a group of the catalog
 * @param everybody what all users may do whom the application knows
 * @param anonymous as whom requests count of whom the application does not know the user; they are refused where it is
 *     not set
 */
@ConfigurationProperties(prefix = "windrow.embedded", ignoreUnknownFields = false)
record EmbeddedSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/windrow") String path,
        @DefaultValue Map<String, List<String>> roles,
        @DefaultValue("export") List<String> everybody,
        @Nullable String anonymous) {
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){1,9}");

    EmbeddedSettings {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("windrow.embedded.path is \"" + path
                    + "\"; say a path such as /exports, which begins with a slash and does not end with one");
        }
        roles = Map.copyOf(roles);
        everybody = List.copyOf(everybody);
        if (everybody.contains(Role.MINT.word())
                || roles.values().stream().anyMatch(words -> words.contains(Role.MINT.word()))) {
            throw new IllegalArgumentException("windrow.embedded gives the role mint, and tokens are made by holders of"
                    + " API keys alone, of which an application has none; leave it out");
        }
    }
}
