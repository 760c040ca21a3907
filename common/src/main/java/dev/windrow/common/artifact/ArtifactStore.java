package dev.windrow.common.artifact;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Keeps finished archives, and the lists of their blocks beside them, under keys that are made of an export's id and
 * claim and an extension alone ({@code [A-Za-z0-9._-]+}), so that no text of a client reaches a path and two attempts
 * never share a name. Safe for use by many threads and processes.
 */
public interface ArtifactStore {
    /**
     * A complete, synced file and the key that it is to have.
     *
     * @param kept stretches of it that are kept as {@link Segments} already, in order: a store that can copies them
     *     itself, where they are still the file's bytes; none where nothing is kept
     */
    record Sealed(Path file, String key, List<Segments.Segment> kept) {
        public Sealed {
            kept = List.copyOf(kept);
        }

        public Sealed(Path file, String key) {
            this(file, key, List.of());
        }
    }

    /**
     * Makes a complete, synced file the artifact of that key, durably: after this returns, a power cut does not undo
     * it, and the file is gone: it is moved, not copied, where the store allows. An artifact that is there already
     * under the key is of the same bytes: it may be replaced by them or left. To publish again what was published (by a
     * run that was killed in the middle, so that the file may be gone) is no error: it makes durable what is there. Of
     * what fails nothing is to be seen under the key. Blocks for as long as the bytes take.
     *
     * @throws NoSuchFileException when there is neither the file nor an artifact of that key
     * @throws FileAlreadyExistsException by a store that keeps digests, when the artifact of that key has other bytes
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

    /**
     * As {@link #publish(List)}, for a store that the bytes have to travel to.
     *
     * @param moved told of bytes that were read, sent or copied, often, by the calling thread; what it throws ends the
     *     publishing, and nothing of the file is to be seen then
     */
    default void publish(List<Sealed> files, LongConsumer moved) throws IOException {
        publish(files);
    }

    /**
     * The name that the store gives itself, made once and kept in it: two processes with the same name see the same
     * artifacts. What a row says of another store's artifact can't be judged from here.
     */
    String name();

    /** The artifact's length in bytes; empty when there is none. */
    Optional<Long> find(String key) throws IOException;

    /**
     * Whether there is an artifact of that key with exactly these bytes. Reads all of it where the store does not keep
     * digests.
     *
     * @param sha256 64 lower-case hex digits
     * @param read told how many bytes were read, often; what it throws ends the reading
     */
    default boolean holds(String key, long bytes, String sha256, LongConsumer read) throws IOException {
        try (SeekableByteChannel artifact = open(key)) {
            return artifact.size() == bytes && Sha256.of(artifact, read).equals(sha256);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Opens an artifact for reading at any position; reading forward is cheap, and a jump costs a store without local
     * files a request. It is one artifact to the end: where another takes the key meanwhile, reading fails. Where it is
     * deleted meanwhile, a local file stays readable; of another store's, what was not asked for yet fails with
     * {@link NoSuchFileException}. A channel is one thread's at a time. The caller closes it.
     *
     * @throws NoSuchFileException when there is none of that key
     */
    SeekableByteChannel open(String key) throws IOException;

    /** Whether artifacts are files of this machine, so that whoever reads one waits for no network. */
    default boolean isLocal() {
        return true;
    }

    /** The artifact as a local file, for zero-copy sending; empty when the store has no local files or no such key. */
    Optional<Path> localFile(String key);

    /** Removes an artifact, durably. Says nothing when there is none. */
    void delete(String key) throws IOException;

    /** The keys of everything in the store, in no order. */
    List<String> keys() throws IOException;

    /**
     * The keys under which something was begun to be published and neither ended nor given up, by whomever, also at
     * this moment; in no order. It takes up room and is no artifact.
     */
    default List<String> unfinished() throws IOException {
        return List.of();
    }

    /** Gives up whatever was begun to be published under that key. An artifact of that key stays. */
    default void abandon(String key) throws IOException {}
}
