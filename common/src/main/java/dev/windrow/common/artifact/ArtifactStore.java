package dev.windrow.common.artifact;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps finished archives, and the lists of their blocks beside them, under keys that are made of an export's id and
 * claim and an extension alone ({@code [A-Za-z0-9._-]+}), so that no text of a client reaches a path and two attempts
 * never share a name. Safe for use by many threads and processes.
 */
public interface ArtifactStore {
    /** A complete, synced file and the key that it is to have. */
    record Sealed(Path file, String key) {}

    /**
     * Makes a complete, synced file the artifact of that key, durably: after this returns, a power cut does not undo
     * it. The file is moved, not copied, where the store allows. An artifact that is there already under the key is
     * replaced by the same bytes. To publish again what was published (by a run that was killed in the middle, so that
     * the file may be gone) is no error: it makes durable what is there.
     *
     * @throws NoSuchFileException when there is neither the file nor an artifact of that key
     */
    void publish(Path file, String key) throws IOException;

    /**
     * Publishes one file after the other, as {@link #publish(Path, String)} does; durable when it returns, all of them.
     */
    default void publish(List<Sealed> files) throws IOException {
        for (Sealed sealed : files) {
            publish(sealed.file(), sealed.key());
        }
    }

    /** The artifact's length in bytes; empty when there is none. */
    Optional<Long> find(String key) throws IOException;

    /**
     * Opens an artifact for reading at any position. What was opened stays readable to its end, even if the artifact is
     * deleted meanwhile. The caller closes it.
     *
     * @throws NoSuchFileException when there is none of that key
     */
    SeekableByteChannel open(String key) throws IOException;

    /** The artifact as a local file, for zero-copy sending; empty when the store has no local files or no such key. */
    Optional<Path> localFile(String key);

    /** Removes an artifact, durably. Says nothing when there is none. */
    void delete(String key) throws IOException;

    /** The keys of everything in the store, in no order. */
    List<String> keys() throws IOException;
}
