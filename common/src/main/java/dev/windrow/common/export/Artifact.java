package dev.windrow.common.export;

import java.util.List;
import java.util.Objects;

/**
 * A finished archive, as the status table describes it. Beside it in the store may lie the list of its blocks.
 *
 * @param key its name in the artifact store: that of the claim that made it, and the extension
 * @param bytes its length
 * @param sha256 its digest, 64 lower-case hex digits
 * @param entries the first of its data files in order, without the manifest; at most {@link #LISTED}, since the row
 *     is read at every poll
 * @param entriesTotal how many data files there are
 * @param rows of all data files
 * @param type what it is
 */
public record Artifact(
        String key, long bytes, String sha256, List<Entry> entries, int entriesTotal, long rows, Type type) {
    /** So many entries stand in the row; all of them are described by the archive itself. */
    public static final int LISTED = 100;

    public static final String ZIP_EXTENSION = ".zip";
    public static final Type ZIP = new Type("application/zip", ZIP_EXTENSION);
    /** What the name of a list of blocks ends with, in the store and, before its own extension, in the work folder. */
    public static final String BLOCKS = ".blocks";

    public Artifact {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(sha256, "sha256");
        if (!key.endsWith(type.extension)) {
            throw new IllegalArgumentException("artifact key " + key + ", extension " + type.extension);
        }
        if (entries.size() != Math.min(LISTED, entriesTotal)) {
            throw new IllegalArgumentException(entries.size() + " of " + entriesTotal + " entries");
        }
        entries = List.copyOf(entries);
    }

    /**
     * A ZIP archive that this claim has made.
     *
     * @param entries all of them
     */
    public static Artifact zip(Claim claim, long bytes, String sha256, List<Entry> entries) {
        return of(claim.fileName() + ZIP_EXTENSION, bytes, sha256, entries, ZIP);
    }

    /**
     * An archive of any kind.
     *
     * @param entries all of them
     */
    public static Artifact of(String key, long bytes, String sha256, List<Entry> entries, Type type) {
        List<Entry> first = entries.subList(0, Math.min(LISTED, entries.size()));
        long rows = entries.stream().mapToLong(Entry::rows).sum();
        return new Artifact(key, bytes, sha256, first, entries.size(), rows, type);
    }

    public String mediaType() {
        return type.mediaType;
    }

    public String extension() {
        return type.extension;
    }

    /** The name of what its claim wrote, without extension; as {@link Claim#fileName} gives it. */
    public String writtenAs() {
        return key.substring(0, key.length() - extension().length());
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
     * What an archive is.
     *
     * @param mediaType for a {@code Content-Type}
     * @param extension what its name and the names of downloads end with, with the dot
     */
    public record Type(String mediaType, String extension) {
        public Type {
            Objects.requireNonNull(mediaType, "mediaType");
            if (!extension.matches("\\.[a-z0-9]{1,16}") || extension.equals(BLOCKS)) {
                throw new IllegalArgumentException("extension " + extension);
            }
        }
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
