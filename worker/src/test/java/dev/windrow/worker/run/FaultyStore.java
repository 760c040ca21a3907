package dev.windrow.worker.run;

import dev.windrow.common.artifact.ArtifactStore;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real store with which something happens before and after publishing. */
record FaultyStore(ArtifactStore store, Fault before, Fault after) implements ArtifactStore {
    static final Fault NONE = () -> {};

    /** The thread ends here, as by a kill: nobody catches this. */
    static final Fault KILL = () -> {
        throw new Killed();
    };

    /** What happens. */
    interface Fault {
        void strike() throws IOException;
    }

    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void publish(Path file, String key) throws IOException {
        before.strike();
        store.publish(file, key);
        after.strike();
    }

    @Override
    public void publish(List<Sealed> files) throws IOException {
        before.strike();
        store.publish(files);
        after.strike();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public Optional<Long> find(String key) throws IOException {
        return store.find(key);
    }

    @Override
    public SeekableByteChannel open(String key) throws IOException {
        return store.open(key);
    }

    @Override
    public Optional<Path> localFile(String key) {
        return store.localFile(key);
    }

    @Override
    public void delete(String key) throws IOException {
        store.delete(key);
    }

    @Override
    public List<String> keys() throws IOException {
        return store.keys();
    }
}
