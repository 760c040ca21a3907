package dev.windrow.api;

import dev.windrow.common.artifact.ArtifactStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Archives that tests put there themselves. */
public interface TestArtifacts extends ArtifactStore {
    /** Makes these bytes the artifact of that key, whatever was there. */
    void put(String key, byte[] bytes);

    default void clear() {
        try {
            for (String key : keys()) {
                delete(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
