package dev.windrow.common.access;

import dev.windrow.common.catalog.Column;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an export was allowed, kept with it since its runs have no credentials. Immutable.
 *
 * @param bearer what the credentials said of what the dataset asks for, and no more
 * @param masks of the dataset's columns that the export shows to be something else, by their names
 * @param credential the credentials' kind, and their name where they have one
 * @param maxRows the most rows that the credentials allow an export; null for no limit of theirs
 */
public record Grant(
        Bearer bearer,
        Map<String, Column.Mask> masks,
        Credential credential,
        @Nullable Long maxRows) {
    /** Of an export from before grants were kept: nothing is known of what it was allowed. */
    public static final Grant UNKNOWN = new Grant(Bearer.NOBODY, Map.of(), new Credential("unknown", ""), null);

    public Grant {
        Objects.requireNonNull(bearer, "bearer");
        masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
        Objects.requireNonNull(credential, "credential");
    }

    /**
     * What the rights were shown by.
     *
     * @param kind {@code none}, {@code api-key}, {@code jwt} or {@code minted}
     * @param name of a key, or of the issuer of a token; empty for none
     */
    public record Credential(String kind, String name) {
        public Credential {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
        }
    }
}
