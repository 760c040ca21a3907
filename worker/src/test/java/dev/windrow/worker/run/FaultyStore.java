package dev.windrow.worker.run;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.worker.files.ForwardingStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A real store with which something happens before and after publishing. */
record FaultyStore(ArtifactStore store, Fault before, Fault after) implements ForwardingStore {
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
}
