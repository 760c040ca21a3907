package dev.windrow.common.export;

import java.util.List;
import java.util.Objects;

/**
 * A finished archive, as the status table describes it. Beside it in the store may lie the list of its blocks.
 *
 * @param key its name in the artifact store: that of the claim that made it, and the extension
 * @param bytes its length
 * @param sha256 its digest, 64 lower-case hex digits
 * @param entries its data files in order, without the manifest
 * @param mediaType what it is, for a {@code Content-Type}
 * @param extension what its name and the names of downloads end with, with the dot
 */
public record Artifact(String key, long bytes, String sha256, List<Entry> entries, String mediaType, String extension) {
    public static final String ZIP_TYPE = "application/zip";
    public static final String ZIP_EXTENSION = ".zip";
    /** What the name of a list of blocks ends with, in the store and, before its own extension, in the work folder. */
    public static final String BLOCKS = ".blocks";

    public Artifact {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(mediaType, "mediaType");
        if (!extension.matches("\\.[a-z0-9]{1,16}") || extension.equals(BLOCKS) || !key.endsWith(extension)) {
            throw new IllegalArgumentException("artifact key " + key + ", extension " + extension);
        }
        entries = List.copyOf(entries);
    }

    /** A ZIP archive that this claim has made. */
    public static Artifact zip(Claim claim, long bytes, String sha256, List<Entry> entries) {
        return new Artifact(claim.fileName() + ZIP_EXTENSION, bytes, sha256, entries, ZIP_TYPE, ZIP_EXTENSION);
    }

    /** The name of what its claim wrote, without extension; as {@link Claim#fileName} gives it. */
    public String writtenAs() {
        return key.substring(0, key.length() - extension.length());
    }

    /** The name of the list of its blocks in the artifact store. */
    public String blocksKey() {
        return writtenAs() + BLOCKS;
    }

    /** All its names in the artifact store, in the order in which they are removed. */
    public List<String> keys() {
        return List.of(key, blocksKey());
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
