package dev.windrow.worker.files;

import dev.windrow.common.artifact.ArtifactStore;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A store before a real one, which does what the test does not. What the port makes of other calls by itself it makes
 * here too, so that those come by the test.
 */
public interface ForwardingStore extends ArtifactStore {
    /** The real one. */
    ArtifactStore store();

    @Override
    default void publish(Path file, String key) throws IOException {
        store().publish(file, key);
    }

    @Override
    default String name() {
        return store().name();
    }

    @Override
    default Optional<Long> find(String key) throws IOException {
        return store().find(key);
    }

    @Override
    default SeekableByteChannel open(String key) throws IOException {
        return store().open(key);
    }

    @Override
    default Optional<Path> localFile(String key) {
        return store().localFile(key);
    }

    @Override
    default void delete(String key) throws IOException {
        store().delete(key);
    }

    @Override
    default List<String> keys() throws IOException {
        return store().keys();
    }
}
