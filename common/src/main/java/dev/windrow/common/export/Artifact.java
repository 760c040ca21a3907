package dev.windrow.common.export;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finished archive, as the status table describes it. Beside it in the store may lie the list of its blocks.
 *
 * @param place where it is
 * @param bytes its length
 * @param sha256 its digest, 64 lower-case hex digits
 * @param entries the first of its data files in order, without those that describe them; at most {@link #LISTED}, since
 *     the row is read at every poll
 * @param entriesTotal how many data files there are
 * @param rows of all data files
 * @param type what it is
 */
public record Artifact(
        Place place, long bytes, String sha256, List<Entry> entries, int entriesTotal, long rows, Type type) {
    /** So many entries stand in the row; all of them are described by the archive itself. */
    public static final int LISTED = 100;

    public static final String ZIP_EXTENSION = ".zip";
    public static final Type ZIP = new Type("application/zip", ZIP_EXTENSION);
    /** What the name of a list of blocks ends with, in the store and, before its own extension, in the work folder. */
    public static final String BLOCKS = ".blocks";

    public Artifact {
        Objects.requireNonNull(sha256, "sha256");
        if (!place.key.endsWith(type.extension)) {
            throw new IllegalArgumentException("artifact key " + place.key + ", extension " + type.extension);
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
     * An archive of any kind, in no store yet.
     *
     * @param entries all of them
     */
    public static Artifact of(String key, long bytes, String sha256, List<Entry> entries, Type type) {
        List<Entry> first = entries.subList(0, Math.min(LISTED, entries.size()));
        long rows = entries.stream().mapToLong(Entry::rows).sum();
        return new Artifact(new Place(null, key), bytes, sha256, first, entries.size(), rows, type);
    }

    /** The same in the store of that name; null where that is not known. */
    public Artifact in(@Nullable String store) {
        return new Artifact(new Place(store, key()), bytes, sha256, entries, entriesTotal, rows, type);
    }

    /** Its name in its store. */
    public String key() {
        return place.key;
    }

    /** The name of its store; null for one that was published before stores had names. */
    public @Nullable String store() {
        return place.store;
    }

    public String mediaType() {
        return type.mediaType;
    }

    public String extension() {
        return type.extension;
    }

    /** The name of what its claim wrote, without extension; as {@link Claim#fileName} gives it. */
    public String writtenAs() {
        return key().substring(0, key().length() - extension().length());
    }

    /** The name of the list of its blocks in the artifact store. */
    public String blocksKey() {
        return writtenAs() + BLOCKS;
    }

    /** All its names in the artifact store, in the order in which they are removed. */
    public List<String> keys() {
        return List.of(key(), blocksKey());
    }

    /**
     * Where an archive is.
     *
     * @param store the name that its store gives itself; null for one from before stores had names
     * @param key its name in the store: that of the claim that made it, and the extension
     */
    public record Place(@Nullable String store, String key) {
        public Place {
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * The store that a process sees, and so of which archives it may say that they are damaged or gone.
     *
     * @param name as the store gives it to itself
     * @param isOnly whether all that was published before stores had names is in this one, or nowhere
     */
    public record Store(String name, boolean isOnly) {
        public Store {
            Objects.requireNonNull(name, "name");
        }

        /** Whether it is the archive itself that lies here under its key, if anything does. */
        public boolean mayHold(Artifact artifact) {
            return artifact.store() == null || name.equals(artifact.store());
        }

        /** Whether the archive is gone if there is nothing here under its key. */
        public boolean mustHold(Artifact artifact) {
            return artifact.store() == null ? isOnly : name.equals(artifact.store());
        }
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
