package dev.windrow.common.export;

import java.util.List;
import java.util.Objects;

/**
 * A finished archive, as the status table describes it.
 *
 * @param key its name in the artifact store
 * @param bytes its length
 * @param sha256 its digest, 64 lower-case hex digits
 * @param entries its data files in order, without the manifest
 */
public record Artifact(String key, long bytes, String sha256, List<Entry> entries) {
    public Artifact {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(sha256, "sha256");
        entries = List.copyOf(entries);
    }

    /**
     * One data file of the archive.
     *
     * @param bytes its length when unpacked
     */
    public record Entry(String name, long rows, long bytes) {
        public Entry {
            Objects.requireNonNull(name, "name");
        }
    }
}
