package dev.windrow.app.settings;

import dev.windrow.api.access.jwt.Issuer;
import dev.windrow.api.access.token.TokenKeys;
import dev.windrow.common.source.jdbc.mask.MaskKey;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param mode the ways of telling callers apart; {@link Mode#NONE} alone, or any of the others
 * @param apiKeys entries of keys that stay for as long as the process runs
 * @param keysFile a file of such entries, read again when it changes; null for none
 * @param jwt whose tokens are believed
 * @param tokenKeys what signs minted tokens, and what signed them before; empty for one that is made once and kept in
 *     the home
 * @param maskKey what masked values are hashed with; null for one that is made once and kept in the home
 */
public record SecuritySettings(
        @DefaultValue("none")
        @SettingText("none: the caller is local, on a loopback address only; or api-keys, jwt, or both")
        Set<Mode> mode,

        @DefaultValue
        @SettingText(value = "API keys: [0].name, [0].sha256, [0].roles, …; see operations.md", otherwise = "none")
        List<Key> apiKeys,

        @SettingText(value = "a YAML file of such keys, read again when it changes", otherwise = "none") @Nullable Path keysFile,

        @DefaultValue Jwt jwt,

        @DefaultValue
        @SettingText(value = "signs minted tokens: SECRET, or NEW,OLD to change it", otherwise = "made and kept")
        List<String> tokenKeys,

        @SettingText(value = "hashes masked values: SECRET, the same on all machines", otherwise = "made and kept")
        @Nullable String maskKey) {
    /** Whose tokens are believed. */
    public record Jwt(
            @DefaultValue
            @SettingText(
                    value = "issuers of tokens: [0].name, [0].issuer, [0].audience, …; see operations.md",
                    otherwise = "none")
            List<Issuer> issuers) {
        public Jwt {
            issuers = List.copyOf(issuers);
        }
    }

    /** The ways of telling callers apart. */
    public enum Mode {
        NONE,
        API_KEYS,
        JWT,
        /** The application that Windrow is in says who calls; its starter sets it, and nobody else may. */
        APPLICATION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public SecuritySettings {
        if (mode.isEmpty() || (mode.contains(Mode.NONE) || mode.contains(Mode.APPLICATION)) && mode.size() > 1) {
            throw new IllegalArgumentException("windrow.security.mode is \""
                    + String.join(",", mode.stream().map(Mode::toString).toList())
                    + "\"; say none, api-keys, jwt, or api-keys,jwt");
        }
        mode = EnumSet.copyOf(mode);
        apiKeys = List.copyOf(apiKeys);
        tokenKeys = List.copyOf(tokenKeys);
        if (!tokenKeys.isEmpty()) {
            var unused = new TokenKeys(tokenKeys);
        }
        if (maskKey != null) {
            var unused = MaskKey.of(maskKey);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return String.join(",", mode.stream().map(Mode::toString).toList());
    }

    /** Whether everybody is the one caller {@code local}. */
    public boolean isOpen() {
        return mode.contains(Mode.NONE);
    }

    /** Whether the application that Windrow is in says who calls. */
    public boolean isOfApplication() {
        return mode.contains(Mode.APPLICATION);
    }

    /** One key, as it is written; what is not is null. What its texts must be is said where they are read. */
    public record Key(
            @Nullable String name,
            @Nullable String sha256,
            @Nullable String principal,
            @Nullable List<String> roles,
            @Nullable List<String> datasets,
            @Nullable Map<String, Object> claims,
            @Nullable Map<String, String> limits,
            @Nullable String notBefore,
            @Nullable String expires) {
        /** The fields that are written, by their names. */
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            put(fields, "name", name);
            put(fields, "sha256", sha256);
            put(fields, "principal", principal);
            put(fields, "roles", roles);
            put(fields, "datasets", datasets);
            put(fields, "claims", claims);
            put(fields, "limits", limits);
            put(fields, "not-before", notBefore);
            put(fields, "expires", expires);
            return fields;
        }

        private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
            if (value != null) {
                fields.put(name, value);
            }
        }
    }
}
